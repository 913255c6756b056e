package record

import (
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
	"github.com/pion/rtcp"
	"github.com/pion/webrtc/v4"

	"tiepdan/media/recorder/internal/departures"
	"tiepdan/media/recorder/internal/events"
	"tiepdan/media/recorder/internal/layers"
	"tiepdan/media/recorder/internal/quiet"
)

// lastPackets is how long an unsubscribed track is still read: what is under way belongs to it.
const lastPackets = 300 * time.Millisecond

// session is one stay in one room.
type session struct {
	options Options
	log     *events.Log
	shelf   *shelf
	chooser *layers.Chooser
	room    *lksdk.Room
	ends    chan ending

	mutex    sync.Mutex
	waiting  []func() // events that came before the join was known to have worked
	in       bool
	over     bool
	sentAway bool
	lostAt   time.Time // when the connection went; zero while it is proven to be there
	returned time.Time // when it was said to be back
}

func newSession(options Options, log *events.Log) *session {
	s := &session{
		options: options,
		log:     log,
		shelf:   newShelf(options.Directory),
		chooser: layers.NewChooser(options.Layers),
		ends:    make(chan ending, 1),
	}
	lksdk.SetLogger(quiet.Logger())
	departures.Tell()
	s.room = lksdk.NewRoom(s.callback())
	return s
}

// decided lets out the events that waited for the join, after the event that tells of it.
func (s *session) decided(joined bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.in {
		return
	}
	s.in = true
	if joined {
		s.write(events.Joined, events.Fields{"room": s.options.Room, "pid": os.Getpid()})
	}
	for _, late := range s.waiting {
		late()
	}
	s.waiting = nil
}

// note writes an event after "joined" and before the last one.
func (s *session) note(kind string, fields events.Fields) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.over {
		return
	}
	if !s.in {
		s.waiting = append(s.waiting, func() { s.write(kind, fields) })
		return
	}
	s.write(kind, fields)
}

func (s *session) noteLast(kind string, fields events.Fields) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.over = true
	s.write(kind, fields)
	if err := s.log.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func (s *session) write(kind string, fields events.Fields) {
	if err := s.log.Write(kind, fields); err != nil {
		s.end(ending{events.Failed, err.Error(), ExitStorage})
	}
}

// end asks for the end; the first one who asks gives the reason.
func (s *session) end(why ending) {
	select {
	case s.ends <- why:
	default:
	}
}

func (s *session) subscribed(
	remote *webrtc.TrackRemote, publication *lksdk.RemoteTrackPublication, who *lksdk.RemoteParticipant,
) {
	isVideo := remote.Kind() == webrtc.RTPCodecTypeVideo
	t := &track{about: describe(remote, publication, who), source: remote, isMuted: publication.IsMuted}
	if isVideo {
		t.setQuality = publication.SetVideoQuality
	}
	if err := s.shelf.add(t); err != nil {
		s.end(ending{events.Failed, err.Error(), ExitStorage})
		return
	}
	publication.OnRTCP(func(packet rtcp.Packet) { t.rtcp(packet) })
	s.note(events.TrackStarted, t.fields())
	if isVideo {
		t.choose(s.chooser)
		who.WritePLI(remote.SSRC()) // a track can be played from its first key frame on
	}
	go s.follow(t)
}

// follow reads a track to its end.  Only when its final size has been told does it leave the shelf:
// so that size stands either in its own event or in the last one.
func (s *session) follow(t *track) {
	if err := t.read(); err != nil {
		s.end(ending{events.Failed, err.Error(), ExitStorage})
		return
	}
	_ = t.writer.Close() // an error shows in the sizes: what is not synced is not counted
	fields := t.fields()
	fields["reason"] = s.whyEnded(t)
	s.note(events.TrackEnded, fields)
	s.shelf.remove(t)
}

func (s *session) whyEnded(t *track) string {
	s.mutex.Lock()
	lost, sentAway := !s.lostAt.IsZero(), s.sentAway
	s.mutex.Unlock()
	switch {
	case sentAway:
		return "disconnected"
	case lost:
		return "connection"
	case s.room.GetParticipantByIdentity(t.about.Identity) == nil:
		return "left"
	default:
		return "unpublished"
	}
}

func (s *session) unsubscribed(
	remote *webrtc.TrackRemote, _ *lksdk.RemoteTrackPublication, _ *lksdk.RemoteParticipant,
) {
	_ = remote.SetReadDeadline(time.Now().Add(lastPackets))
}

func (s *session) subscriptionFailed(sid string, who *lksdk.RemoteParticipant) {
	s.note(events.TrackFailed, events.Fields{"track_sid": sid, "identity": who.Identity()})
}

func (s *session) speaking(people []lksdk.Participant) {
	var identities []string
	for _, person := range people {
		identities = append(identities, person.Identity())
	}
	s.chooser.Speaking(identities)
	for _, t := range s.shelf.open() {
		t.choose(s.chooser)
	}
}

func (s *session) reconnecting() {
	s.mutex.Lock()
	if s.lostAt.IsZero() {
		s.lostAt = time.Now()
	}
	s.returned = time.Time{}
	s.mutex.Unlock()
	s.note(events.Reconnecting, nil)
}

func (s *session) reconnected() {
	s.mutex.Lock()
	s.returned = time.Now()
	s.mutex.Unlock()
	s.note(events.Reconnected, nil)
}

// isLost tells whether the connection has been away for too long.  The SDK says "reconnected" as
// soon as the signalling is back, so only a packet, or nobody sending, proves the media to be.
func (s *session) isLost(now time.Time) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.lostAt.IsZero() {
		return false
	}
	if !s.returned.IsZero() && (s.shelf.lastPacket().After(s.returned) || !s.somebodySends()) {
		s.lostAt, s.returned = time.Time{}, time.Time{}
		return false
	}
	return now.Sub(s.lostAt) > lostAfter
}

func (s *session) somebodySends() bool {
	for _, person := range s.room.GetRemoteParticipants() {
		for _, publication := range person.TrackPublications() {
			if !publication.IsMuted() {
				return true
			}
		}
	}
	return false
}

// disconnected is told when the SDK has given up or the engine has sent us away.
func (s *session) disconnected(coarse lksdk.DisconnectionReason) {
	reason := quiet.LeaveReason()
	if coarse == lksdk.Failed {
		reason = livekit.DisconnectReason_SIGNAL_CLOSE
	}
	name, code := leaving(reason)
	s.mutex.Lock()
	s.sentAway = true
	s.mutex.Unlock()
	s.note(events.Disconnected, events.Fields{"reason": name})
	s.end(ending{events.Ended, name, code})
}

// leaving names a reason and tells whether it is the end of the recording or the loss of the engine.
func leaving(reason livekit.DisconnectReason) (string, int) {
	switch reason {
	case livekit.DisconnectReason_ROOM_DELETED, livekit.DisconnectReason_ROOM_CLOSED:
		return "room_deleted", ExitEnded
	case livekit.DisconnectReason_PARTICIPANT_REMOVED:
		return "removed", ExitEnded
	case livekit.DisconnectReason_DUPLICATE_IDENTITY:
		return "duplicate_identity", ExitEnded
	case livekit.DisconnectReason_SERVER_SHUTDOWN:
		return "engine_stopped", ExitLost
	default:
		return "connection_lost", ExitLost
	}
}
