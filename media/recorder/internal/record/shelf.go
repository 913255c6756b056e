package record

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"tiepdan/media/recorder/internal/events"
	"tiepdan/media/recorder/internal/rtpdump"
)

const longestName = 60

// shelf holds the files of one directory that are being written.
type shelf struct {
	directory string

	mutex  sync.Mutex
	next   int
	tracks []*track
	newest time.Time // newest packet of tracks that are gone
	dirty  bool      // a name was added that the disk may not know yet
}

func newShelf(directory string) *shelf {
	return &shelf{directory: directory, next: 1}
}

// add opens the files of a new track.  The side file comes first: a track without one is unreadable.
func (s *shelf) add(t *track) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for {
		stem := fmt.Sprintf("%02d-%s-%s", s.next, safeName(t.about.Identity), t.about.Source)
		s.next++
		path := filepath.Join(s.directory, stem)
		err := writeNew(path+".json", t.about)
		if errors.Is(err, os.ErrExist) {
			continue // an earlier recorder in the same directory: never touch its files
		}
		if err != nil {
			return err
		}
		t.writer, err = rtpdump.Create(path+".rtpdump", time.UnixMicro(t.about.StartedUS))
		if err != nil {
			return err
		}
		t.file = stem + ".rtpdump"
		s.tracks, s.dirty = append(s.tracks, t), true
		return nil
	}
}

// safeName keeps a seat's name readable in a file name and harmless anywhere.
func safeName(identity string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-':
			return r
		default:
			return '_'
		}
	}, identity)
	return name[:min(len(name), longestName)]
}

// open is a copy of the tracks that are being written.
func (s *shelf) open() []*track {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([]*track(nil), s.tracks...)
}

// remove forgets a track that has ended.
func (s *shelf) remove(t *track) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if last := t.lastPacket(); last.After(s.newest) {
		s.newest = last
	}
	for i, other := range s.tracks {
		if other == t {
			s.tracks = append(s.tracks[:i], s.tracks[i+1:]...)
			return
		}
	}
}

func (t *track) lastPacket() time.Time {
	if nanos := t.last.Load(); nanos != 0 {
		return time.Unix(0, nanos)
	}
	return time.Time{}
}

// lastPacket is when the newest packet of any track came.
func (s *shelf) lastPacket() time.Time {
	s.mutex.Lock()
	newest := s.newest
	s.mutex.Unlock()
	for _, t := range s.open() {
		if last := t.lastPacket(); last.After(newest) {
			newest = last
		}
	}
	return newest
}

func (s *shelf) flush() error {
	for _, t := range s.open() {
		if err := t.writer.Flush(); err != nil && !errors.Is(err, os.ErrClosed) {
			return fmt.Errorf("%s: %w", t.file, err)
		}
	}
	return nil
}

// syncForever runs beside everything else: a slow disk delays only what counts as durable.
func (s *shelf) syncForever(every time.Duration, synced chan<- struct{}) {
	for {
		begin := time.Now()
		s.sync()
		select {
		case synced <- struct{}{}:
		default: // the last one has not been looked at yet
		}
		time.Sleep(max(every/10, every-time.Since(begin)))
	}
}

// sync asks for all files at once, so that the file system can write them in one go.  Errors stay
// with their writer and show at its next flush.
func (s *shelf) sync() {
	s.syncNames()
	var all sync.WaitGroup
	for _, t := range s.open() {
		all.Go(func() { _ = t.writer.Sync() })
	}
	all.Wait()
}

func (s *shelf) syncNames() {
	s.mutex.Lock()
	dirty := s.dirty
	s.dirty = false
	s.mutex.Unlock()
	if !dirty {
		return
	}
	if directory, err := os.Open(s.directory); err == nil {
		_ = directory.Sync()
		_ = directory.Close()
	}
}

// close makes everything durable at the end; packets that come later are not appended any more.
func (s *shelf) close() {
	s.syncNames()
	var all sync.WaitGroup
	for _, t := range s.open() {
		all.Go(func() { _ = t.writer.Close() })
	}
	all.Wait()
}

// files is what a "bytes" event says.
func (s *shelf) files() map[string]events.Fields {
	files := map[string]events.Fields{}
	for _, t := range s.open() {
		files[t.file] = t.progress()
	}
	return files
}
