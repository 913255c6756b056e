package record

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/livekit/protocol/livekit"
	"github.com/pion/interceptor"
	"github.com/pion/rtcp"

	"tiepdan/media/recorder/internal/layers"
	"tiepdan/media/recorder/internal/rtpdump"
	"tiepdan/media/recorder/internal/sidefile"
)

// packets is a source that gives what it holds and then ends.
type packets [][]byte

// Read implements packetSource.
func (p *packets) Read(buffer []byte) (int, interceptor.Attributes, error) {
	if len(*p) == 0 {
		return 0, nil, io.EOF
	}
	n := copy(buffer, (*p)[0])
	*p = (*p)[1:]
	return n, nil, nil
}

func about(identity string) sidefile.Track {
	return sidefile.Track{Identity: identity, Source: "camera", SSRC: 7, StartedUS: time.Now().UnixMicro()}
}

func added(t *testing.T, s *shelf, identity string, source packetSource) *track {
	t.Helper()
	track := &track{about: about(identity), source: source}
	if err := s.add(track); err != nil {
		t.Fatal(err)
	}
	return track
}

// Packets should be in the file in the order in which they came.
func TestTrackIsAppended(t *testing.T) {
	s := newShelf(t.TempDir())
	track := added(t, s, "hub", &packets{[]byte("one"), []byte("second")})
	if err := track.read(); err != nil {
		t.Fatal(err)
	}
	s.close()
	file, _ := os.Open(filepath.Join(s.directory, track.file))
	reader, err := rtpdump.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := reader.Next()
	second, _ := reader.Next()
	if string(first.Data) != "one" || string(second.Data) != "second" {
		t.Errorf("%q, %q", first.Data, second.Data)
	}
}

// Files should be numbered, and named so that no seat's name can leave the directory.
func TestFileNames(t *testing.T) {
	s := newShelf(t.TempDir())
	added(t, s, "hub", nil)
	if name := added(t, s, "../xã 1", nil).file; name != "02-___x__1-camera.rtpdump" {
		t.Errorf("%s", name)
	}
	side, err := sidefile.Read(filepath.Join(s.directory, "02-___x__1-camera.json"))
	if err != nil || side.Identity != "../xã 1" {
		t.Errorf("%+v, %v", side, err)
	}
}

// A second recorder should number on and leave the first one's files alone.
func TestNumbersGoOn(t *testing.T) {
	first := newShelf(t.TempDir())
	added(t, first, "hub", nil)
	if name := added(t, newShelf(first.directory), "hub", nil).file; name != "02-hub-camera.rtpdump" {
		t.Errorf("%s", name)
	}
}

// Only sender reports of the track itself should be kept.
func TestSenderReports(t *testing.T) {
	s := newShelf(t.TempDir())
	track := added(t, s, "hub", nil)
	before := track.writer.Sizes().Size
	track.rtcp(&rtcp.SenderReport{SSRC: 8})
	track.rtcp(&rtcp.Goodbye{Sources: []uint32{7}})
	_ = track.writer.Flush()
	if track.writer.Sizes().Size != before {
		t.Error("something else was kept")
	}
	track.rtcp(&rtcp.SenderReport{SSRC: 7})
	_ = track.writer.Flush()
	if track.writer.Sizes().Size != before+8+28 {
		t.Errorf("%d bytes", track.writer.Sizes().Size-before)
	}
}

// After the end nothing should be appended, so that the sizes told are the last ones.
func TestNothingAfterTheEnd(t *testing.T) {
	s := newShelf(t.TempDir())
	track := added(t, s, "hub", &packets{[]byte("late")})
	s.close()
	before := s.files()[track.file]
	if err := track.read(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("%v", err)
	}
	if after := s.files()[track.file]; after["size"] != before["size"] || after["synced"] != after["size"] {
		t.Errorf("%v, then %v", before, after)
	}
}

// A layer should be asked for once for each change of the policy's mind.
func TestLayersAreAskedForOnce(t *testing.T) {
	var asked []livekit.VideoQuality
	chooser := layers.NewChooser(layers.Speaker)
	track := &track{about: about("hub"), setQuality: func(quality livekit.VideoQuality) error {
		asked = append(asked, quality)
		return nil
	}}
	track.choose(chooser)
	chooser.Speaking([]string{"hub"})
	track.choose(chooser)
	track.choose(chooser)
	if len(asked) != 2 || asked[0] != livekit.VideoQuality_MEDIUM || asked[1] != livekit.VideoQuality_HIGH {
		t.Errorf("%v", asked)
	}
}

// A deleted room or a removal should be an end, everything else a loss.
func TestLeaving(t *testing.T) {
	for reason, want := range map[livekit.DisconnectReason]int{
		livekit.DisconnectReason_ROOM_DELETED:        ExitEnded,
		livekit.DisconnectReason_PARTICIPANT_REMOVED: ExitEnded,
		livekit.DisconnectReason_DUPLICATE_IDENTITY:  ExitEnded,
		livekit.DisconnectReason_SERVER_SHUTDOWN:     ExitLost,
		livekit.DisconnectReason_SIGNAL_CLOSE:        ExitLost,
		livekit.DisconnectReason_UNKNOWN_REASON:      ExitLost,
	} {
		if name, code := leaving(reason); code != want || name == "" {
			t.Errorf("%v: %q, %d", reason, name, code)
		}
	}
}
