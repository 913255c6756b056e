package main

import (
	"context"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/livekit/protocol/livekit"
)

// A seat that comes back before the engine knew it was gone should be recorded and seen again, as
// often as it does, however much was changed about it during its earlier stays.
func TestReturningSeat(t *testing.T) {
	e := startEngine(t)
	e.createRoom("turn-1")
	e.seat("hub", "turn-1", "testdata/clip.ivf")
	directory := filepath.Join(t.TempDir(), "tracks")
	e.recorder("turn-1", directory)
	endings := map[string]syscall.Signal{"line": syscall.SIGKILL, "line again": syscall.SIGKILL, "page": syscall.SIGTERM}
	stay := 0
	for _, how := range []string{"line", "page", "line again", "line"} {
		stay++
		video := "testdata/clip.ivf"
		if stay%2 == 0 {
			video = "testdata/clip.ivf,testdata/clip-low.ivf"
		}
		seat := e.seat("xa-1", "turn-1", video)
		within(t, 20*time.Second, fmt.Sprintf("stay %d is recorded", stay), func() bool {
			return recordedStays(t, directory, "xa-1") == stay
		})
		for i := range 5 - stay { // each stay has fewer changes than the one before
			e.rename("turn-1", "xa-1", fmt.Sprint("Xã ", i))
		}
		_ = seat.Process.Signal(endings[how])
		ended(t, seat, 5*time.Second)
	}
}

// recordedStays counts the seat's microphones and cameras with packets: the smaller number.
func recordedStays(t *testing.T, directory, identity string) int {
	t.Helper()
	tracks := map[string]map[string]bool{"camera": {}, "microphone": {}}
	for _, event := range eventsIn(t, directory) {
		files, _ := event["files"].(map[string]any)
		for name, file := range files {
			told := file.(map[string]any)
			if told["identity"] == identity && told["packets"].(float64) > 0 {
				tracks[told["source"].(string)][name] = true
			}
		}
	}
	return min(len(tracks["camera"]), len(tracks["microphone"]))
}

// rename changes something that all clients are told of.
func (e *engine) rename(room, identity, name string) {
	e.t.Helper()
	request := &livekit.UpdateParticipantRequest{Room: room, Identity: identity, Name: name}
	if _, err := e.rooms().UpdateParticipant(context.Background(), request); err != nil {
		e.t.Fatal(err)
	}
}
