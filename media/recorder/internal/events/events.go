// Package events writes events.jsonl: what the recorder did and saw, one JSON object a line.
//
// It is a file and not a pipe because the reader may die and come back: the recorder must not
// notice.
package events

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// FileName is the name of the log beside the tracks.
const FileName = "events.jsonl"

// The kinds of events.
const (
	Joined       = "joined"
	TrackStarted = "track_started"
	TrackEnded   = "track_ended"
	TrackFailed  = "track_failed"
	Reconnecting = "reconnecting"
	Reconnected  = "reconnected"
	Disconnected = "disconnected"
	Bytes        = "bytes"
	Ended        = "ended"
	Failed       = "failed"
)

// Fields are the values of one event beside its time and kind.
type Fields map[string]any

// Log appends to events.jsonl.  It may be used from several goroutines.
type Log struct {
	mutex sync.Mutex
	file  *os.File
	now   func() time.Time
}

// Open makes or continues the log in a directory.
func Open(directory string) (*Log, error) {
	path := filepath.Join(directory, FileName)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return &Log{file: file, now: time.Now}, nil
}

// Write appends one line with a single system call, so that a reader never sees half of it for long.
func (l *Log) Write(kind string, fields Fields) error {
	line := Fields{}
	for name, value := range fields {
		line[name] = value
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	line["at"], line["kind"] = Stamp(l.now()), kind
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	_, err = l.file.Write(append(text, '\n'))
	return err
}

// Close makes the log durable.
func (l *Log) Close() error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if err := l.file.Sync(); err != nil {
		return err
	}
	return l.file.Close()
}

// Stamp is a time as all our files write it: RFC 3339, UTC, always six digits of a second.
func Stamp(at time.Time) string {
	return at.UTC().Format("2006-01-02T15:04:05.000000Z")
}
