// Package record keeps one room: it joins hidden, subscribes to everything and appends what arrives.
//
// It decides nothing and repairs nothing.  Whatever it cannot go on with ends the process with an
// exit code, and whoever watches it starts another one in a fresh directory.
package record

import (
	"context"
	"fmt"
	"os"
	"time"

	lksdk "github.com/livekit/server-sdk-go/v2"

	"tiepdan/media/recorder/internal/events"
	"tiepdan/media/recorder/internal/layers"
)

// The exit codes of a recorder.
const (
	ExitEnded   = 0 // told to end, or the room is gone
	ExitNoJoin  = 3 // never got into the room
	ExitLost    = 4 // the engine is gone
	ExitStorage = 5 // the disk does not take the bytes
)

const (
	joinWithin   = 10 * time.Second
	lostAfter    = 10 * time.Second
	flushEvery   = 100 * time.Millisecond
	syncEvery    = time.Second
	reportWithin = 1300 * time.Millisecond
	closeWithin  = 700 * time.Millisecond
	leaveWithin  = 100 * time.Millisecond
)

// Options say what to record and where to.
type Options struct {
	URL       string
	Directory string
	Room      string
	Token     string
	Layers    layers.Policy
}

// ending is why a recorder stops; kind is the event it leaves.
type ending struct {
	kind   string
	reason string
	code   int
}

// Run records until the context ends, the room does or nothing more can be recorded.  The answer is
// the process's exit code.
func Run(ctx context.Context, options Options) int {
	if err := os.MkdirAll(options.Directory, 0o700); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return ExitStorage
	}
	log, err := events.Open(options.Directory)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return ExitStorage
	}
	session := newSession(options, log)
	end := session.join(ctx)
	if end == nil {
		end = session.keep(ctx)
	}
	session.finish(*end)
	return end.code
}

// join is nil once the recorder is in the room.
func (s *session) join(ctx context.Context) *ending {
	joined := make(chan error, 1)
	go func() { joined <- s.room.JoinWithToken(s.options.URL, s.options.Token) }()
	select {
	case <-ctx.Done():
		return terminated()
	case end := <-s.ends:
		return &ending{events.Failed, end.reason, ExitNoJoin}
	case <-time.After(joinWithin):
		return &ending{events.Failed, "no answer from the engine", ExitNoJoin}
	case err := <-joined:
		if err != nil {
			return &ending{events.Failed, err.Error(), ExitNoJoin}
		}
	}
	if name := s.room.Name(); name != s.options.Room {
		return &ending{events.Failed, "the token is for another room", ExitNoJoin}
	}
	s.decided(true)
	return nil
}

func terminated() *ending { return &ending{events.Ended, "terminated", ExitEnded} }

// keep flushes, syncs and reports until something ends the recording.
func (s *session) keep(ctx context.Context) *ending {
	flush, report := time.NewTicker(flushEvery), time.NewTicker(reportWithin)
	defer flush.Stop()
	defer report.Stop()
	synced := make(chan struct{}, 1)
	go s.shelf.syncForever(syncEvery, synced)
	for {
		select {
		case <-ctx.Done():
			return terminated()
		case end := <-s.ends:
			return &end
		case now := <-flush.C:
			if err := s.shelf.flush(); err != nil {
				return &ending{events.Failed, err.Error(), ExitStorage}
			}
			if s.isLost(now) {
				return &ending{events.Ended, "connection_lost", ExitLost}
			}
		case <-synced:
			report.Reset(reportWithin)
			s.note(events.Bytes, events.Fields{"files": s.shelf.files()})
		case <-report.C: // the disk is slow: say how far it is all the same
			s.note(events.Bytes, events.Fields{"files": s.shelf.files()})
		}
	}
}

// finish makes everything durable, says so, and leaves the room.  It takes under a second even when
// the disk or the engine does not answer.
func (s *session) finish(end ending) {
	s.decided(false) // what waited for the join comes before the last event
	done := make(chan struct{})
	go func() { s.shelf.close(); close(done) }()
	select {
	case <-done:
	case <-time.After(closeWithin):
	}
	fields := events.Fields{"reason": end.reason, "exit": end.code, "files": s.shelf.files()}
	s.noteLast(end.kind, fields)
	left := make(chan struct{})
	go func() { s.room.Disconnect(); close(left) }()
	select {
	case <-left:
	case <-time.After(leaveWithin):
	}
}

func (s *session) callback() *lksdk.RoomCallback {
	return &lksdk.RoomCallback{
		OnDisconnectedWithReason: s.disconnected,
		OnReconnecting:           s.reconnecting,
		OnReconnected:            s.reconnected,
		OnActiveSpeakersChanged:  s.speaking,
		ParticipantCallback: lksdk.ParticipantCallback{
			OnTrackSubscribed:         s.subscribed,
			OnTrackUnsubscribed:       s.unsubscribed,
			OnTrackSubscriptionFailed: s.subscriptionFailed,
		},
	}
}
