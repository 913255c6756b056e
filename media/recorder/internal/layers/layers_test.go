package layers

import (
	"testing"

	"github.com/livekit/protocol/livekit"
)

const camera = livekit.TrackSource_CAMERA

// The default policy should record the best layer of everybody.
func TestHigh(t *testing.T) {
	chooser := NewChooser(High)
	chooser.Speaking([]string{"hub"})
	if chooser.Quality("commune", camera) != livekit.VideoQuality_HIGH {
		t.Error("a listener is not recorded in the best layer")
	}
}

// The speaker policy should record who speaks in the best layer, the others in the middle one.
func TestSpeaker(t *testing.T) {
	chooser := NewChooser(Speaker)
	if chooser.Quality("hub", camera) != livekit.VideoQuality_MEDIUM {
		t.Error("nobody has spoken yet")
	}
	chooser.Speaking([]string{"hub"})
	if chooser.Quality("hub", camera) != livekit.VideoQuality_HIGH {
		t.Error("the speaker is not recorded in the best layer")
	}
	if chooser.Quality("commune", camera) != livekit.VideoQuality_MEDIUM {
		t.Error("the listener is not recorded in the middle layer")
	}
}

// A speaker who pauses should keep the layer until somebody else speaks.
func TestPause(t *testing.T) {
	chooser := NewChooser(Speaker)
	chooser.Speaking([]string{"hub"})
	chooser.Speaking(nil)
	if chooser.Quality("hub", camera) != livekit.VideoQuality_HIGH {
		t.Error("a pause took the layer away")
	}
	chooser.Speaking([]string{"commune"})
	if chooser.Quality("hub", camera) != livekit.VideoQuality_MEDIUM {
		t.Error("the former speaker kept the layer")
	}
}

// A shared screen should always be sharp.
func TestScreen(t *testing.T) {
	chooser := NewChooser(Speaker)
	if chooser.Quality("hub", livekit.TrackSource_SCREEN_SHARE) != livekit.VideoQuality_HIGH {
		t.Error("a screen is not recorded in the best layer")
	}
}

// A policy nobody knows should be refused.
func TestParse(t *testing.T) {
	if _, err := Parse("speaker"); err != nil {
		t.Error(err)
	}
	if _, err := Parse("lowest"); err == nil {
		t.Error("no error")
	}
}
