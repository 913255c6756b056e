package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"tiepdan/media/recorder/internal/mux"
)

const bothSeats = 4 // files: two seats with a camera and a microphone each

// recorded starts two seats and a recorder and waits until all four tracks are on the disk.
func recorded(t *testing.T, e *engine, room string) (*exec.Cmd, string) {
	t.Helper()
	e.createRoom(room)
	e.seat("hub", room, "testdata/clip.ivf")
	e.seat("xã-1", room, "testdata/clip.ivf,testdata/clip-low.ivf")
	directory := filepath.Join(t.TempDir(), "tracks")
	recorder := e.recorder(room, directory)
	within(t, 10*time.Second, "all tracks grow on the disk", func() bool {
		return durable(t, directory, bothSeats) > 3000
	})
	return recorder, directory
}

func ended(t *testing.T, process *exec.Cmd, limit time.Duration) int {
	t.Helper()
	done := make(chan struct{})
	go func() { _ = process.Wait(); close(done) }()
	select {
	case <-done:
		return process.ProcessState.ExitCode()
	case <-time.After(limit):
		t.Fatalf("still running after %v", limit)
		return -1
	}
}

// A recording should grow on the disk, end within a second when told to, and be playable.
func TestRecordAndMux(t *testing.T) {
	e := startEngine(t)
	recorder, directory := recorded(t, e, "turn-1")
	before := durable(t, directory, bothSeats)
	time.Sleep(2500 * time.Millisecond)
	if after := durable(t, directory, bothSeats); after <= before {
		t.Errorf("durable bytes stand still at %v", after)
	}
	_ = recorder.Process.Signal(syscall.SIGTERM)
	if code := ended(t, recorder, time.Second); code != 0 {
		t.Errorf("exit code %d", code)
	}
	checkOrder(t, eventsIn(t, directory))
	for _, entry := range muxed(t, directory) {
		if entry.Error != "" || entry.Lost != 0 || entry.Cut || entry.DurationMS < 2000 {
			t.Errorf("%+v", entry)
		}
	}
}

// checkOrder wants joined first, ended last, each track started before its bytes are told.
func checkOrder(t *testing.T, found []map[string]any) {
	t.Helper()
	if len(found) < 8 || found[0]["kind"] != "joined" {
		t.Fatalf("events: %v", found)
	}
	started, last, before := map[string]bool{}, found[len(found)-1], ""
	if last["kind"] != "ended" || last["reason"] != "terminated" {
		t.Errorf("last event: %v", last)
	}
	for _, event := range found {
		if at := event["at"].(string); at < before {
			t.Errorf("%v comes after %v", at, before)
		} else {
			before = at
		}
		if event["kind"] == "track_started" {
			started[event["file"].(string)] = true
		}
		files, _ := event["files"].(map[string]any)
		for name, file := range files {
			sizes := file.(map[string]any)
			if !started[name] || sizes["synced"].(float64) > sizes["size"].(float64) {
				t.Errorf("%s in %v", name, event)
			}
		}
	}
	for name, file := range last["files"].(map[string]any) {
		if sizes := file.(map[string]any); sizes["synced"] != sizes["size"] {
			t.Errorf("%s is not all on the disk at the end: %v", name, sizes)
		}
	}
}

// muxed converts a recording and plays each file through ffprobe where there is one.
func muxed(t *testing.T, directory string) []mux.Entry {
	t.Helper()
	out := filepath.Join(t.TempDir(), "playable")
	if code, output := exitCode(t, program(nil, "mux", "--dir", directory, "--out", out)); code != 0 {
		t.Fatalf("mux: %d, %s", code, output)
	}
	var entries []mux.Entry
	text, _ := os.ReadFile(filepath.Join(out, mux.ListName))
	if err := json.Unmarshal(text, &entries); err != nil || len(entries) != bothSeats {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for _, entry := range entries {
		if entry.File == "" {
			t.Errorf("%s: %s", entry.Recording, entry.Error)
			continue
		}
		probe(t, filepath.Join(out, entry.File), entry)
	}
	return entries
}

func probe(t *testing.T, file string, entry mux.Entry) {
	t.Helper()
	ffprobe, err := exec.LookPath("ffprobe")
	if err != nil {
		t.Log("no ffprobe on this machine: whether the files play was not looked at")
		return
	}
	output, err := exec.Command(ffprobe, "-v", "error", "-count_frames",
		"-show_entries", "stream=codec_name,nb_read_frames", "-of", "csv=p=0", file).CombinedOutput()
	fields := strings.Split(strings.TrimSpace(string(output)), ",")
	if err != nil || len(fields) != 2 || fields[0] != entry.Codec || len(fields[1]) < 2 {
		t.Errorf("%s: %v, %s", file, err, output)
	}
}

// A killed recorder should leave files that can be played up to the kill.
func TestKilledRecorder(t *testing.T) {
	e := startEngine(t)
	recorder, directory := recorded(t, e, "turn-1")
	time.Sleep(1500 * time.Millisecond) // a clip cannot answer a request for a key frame: one a second
	_ = recorder.Process.Kill()
	ended(t, recorder, time.Second)
	for _, entry := range muxed(t, directory) {
		if entry.Error != "" || entry.Lost != 0 {
			t.Errorf("%+v", entry)
		}
	}
}

// A deleted room should end its recorder with 0 and name the reason.
func TestDeletedRoom(t *testing.T) {
	e := startEngine(t)
	recorder, directory := recorded(t, e, "turn-1")
	e.deleteRoom("turn-1")
	if code := ended(t, recorder, time.Second); code != 0 {
		t.Errorf("exit code %d", code)
	}
	found := eventsIn(t, directory)
	if last := found[len(found)-1]; last["kind"] != "ended" || last["reason"] != "room_deleted" {
		t.Errorf("last event: %v", last)
	}
}

// A dead engine should end its recorder with 4 after ten seconds, everything up to then on the disk.
func TestDeadEngine(t *testing.T) {
	if testing.Short() {
		t.Skip("takes ten seconds")
	}
	e := startEngine(t)
	recorder, directory := recorded(t, e, "turn-1")
	e.kill()
	if code := ended(t, recorder, 13*time.Second); code != 4 {
		t.Errorf("exit code %d", code)
	}
	found := eventsIn(t, directory)
	if last := found[len(found)-1]; last["kind"] != "ended" || last["reason"] != "connection_lost" {
		t.Errorf("last event: %v", last)
	}
}

// A room that does not exist should be refused: nobody but the server makes rooms.
func TestUnknownRoom(t *testing.T) {
	e := startEngine(t)
	directory := t.TempDir()
	if code := ended(t, e.recorder("nowhere", directory), 5*time.Second); code != 3 {
		t.Errorf("exit code %d", code)
	}
}

// A second recorder in the same directory should add to it and touch nothing.
func TestSameDirectory(t *testing.T) {
	e := startEngine(t)
	recorder, directory := recorded(t, e, "turn-1")
	_ = recorder.Process.Kill()
	ended(t, recorder, time.Second)
	old, _ := filepath.Glob(filepath.Join(directory, "*.rtpdump"))
	second := e.recorder("turn-1", directory)
	within(t, 10*time.Second, "new files beside the old ones", func() bool {
		all, _ := filepath.Glob(filepath.Join(directory, "*.rtpdump"))
		return len(all) == len(old)+bothSeats
	})
	_ = second.Process.Signal(syscall.SIGTERM)
	if code := ended(t, second, time.Second); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
