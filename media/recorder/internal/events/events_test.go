package events

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func lines(t *testing.T, directory string) []map[string]any {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(directory, FileName))
	if err != nil {
		t.Fatal(err)
	}
	var found []map[string]any
	for _, line := range strings.Split(strings.TrimSuffix(string(content), "\n"), "\n") {
		event := map[string]any{}
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		found = append(found, event)
	}
	return found
}

// Each event should be one whole JSON line with its time in UTC and microseconds.
func TestLines(t *testing.T) {
	directory := t.TempDir()
	log, err := Open(directory)
	if err != nil {
		t.Fatal(err)
	}
	log.now = func() time.Time {
		return time.Date(2026, 11, 25, 14, 0, 0, 5000, time.FixedZone("ICT", 7*3600))
	}
	if err := log.Write(Joined, Fields{"room": "phiên\n1"}); err != nil {
		t.Fatal(err)
	}
	_ = log.Write(Ended, nil)
	found := lines(t, directory)
	if len(found) != 2 || found[0]["room"] != "phiên\n1" || found[1]["kind"] != Ended {
		t.Fatalf("%v", found)
	}
	if found[0]["at"] != "2026-11-25T07:00:00.000005Z" {
		t.Errorf("time is %v", found[0]["at"])
	}
}

// A second recorder in the same directory should continue the log, not empty it.
func TestContinues(t *testing.T) {
	directory := t.TempDir()
	for range 2 {
		log, err := Open(directory)
		if err != nil {
			t.Fatal(err)
		}
		_ = log.Write(Joined, nil)
		_ = log.Close()
	}
	if found := lines(t, directory); len(found) != 2 {
		t.Errorf("%v", found)
	}
}

// An event's own fields should not be able to hide its time or kind, nor be changed.
func TestFieldsStay(t *testing.T) {
	directory := t.TempDir()
	log, _ := Open(directory)
	fields := Fields{"kind": "other"}
	_ = log.Write(Bytes, fields)
	if lines(t, directory)[0]["kind"] != Bytes || fields["kind"] != "other" || len(fields) != 1 {
		t.Errorf("%v, %v", lines(t, directory), fields)
	}
}
