// Package mux turns recorded tracks into playable files: one Matroska file per track, nothing
// decoded, and tracks.json which tells how they belong together.
package mux

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tiepdan/media/recorder/internal/sidefile"
)

// ListName is the name of the list of tracks.
const ListName = "tracks.json"

// Entry is one track in tracks.json.  The names are part of the format.
type Entry struct {
	File      string `json:"file"`      // empty when nothing in the recording can be played
	Recording string `json:"recording"` // the rtpdump file it was made from
	Identity  string `json:"identity"`
	Name      string `json:"name"`
	Source    string `json:"source"`
	Kind      string `json:"kind"`
	Codec     string `json:"codec"`
	// StartedUS is our clock at the first packet of the file's first frame.  SenderUS is the same
	// instant by the sender reports, or 0 without any: only it is exact enough for lip-sync.
	StartedUS  int64  `json:"started_us"`
	SenderUS   int64  `json:"sender_us"`
	DurationMS int64  `json:"duration_ms"`
	Width      int    `json:"width"` // of the first key frame
	Height     int    `json:"height"`
	MaxWidth   int    `json:"max_width"` // of the largest layer, which is what the file's head says
	MaxHeight  int    `json:"max_height"`
	Frames     int64  `json:"frames"`
	Packets    int64  `json:"packets"`
	Lost       int64  `json:"lost"`
	Cut        bool   `json:"cut"` // the recording ends inside a packet, as after a kill
	Error      string `json:"error"`
}

// Directory converts every recording in a directory.  A recording that cannot be read becomes an
// entry with an error and does not stop the others.
func Directory(ctx context.Context, from, to string) error {
	names, err := filepath.Glob(filepath.Join(from, "*.rtpdump"))
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("no recorded track in %s", from)
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	slices.Sort(names)
	entries := make([]Entry, 0, len(names))
	for _, name := range names {
		entry, err := one(ctx, name, to)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			entry.Error = err.Error()
		}
		entries = append(entries, entry)
	}
	return writeList(filepath.Join(to, ListName), entries)
}

// one converts one recording; the new file takes its name only when it is whole.
func one(ctx context.Context, recording, to string) (Entry, error) {
	stem := strings.TrimSuffix(filepath.Base(recording), ".rtpdump")
	entry := Entry{Recording: filepath.Base(recording)}
	about, err := sidefile.Read(strings.TrimSuffix(recording, ".rtpdump") + ".json")
	if err != nil {
		return entry, err
	}
	entry.Identity, entry.Name, entry.Source = about.Identity, about.Name, about.Source
	entry.Kind, _, _ = strings.Cut(strings.ToLower(about.Mime), "/")
	entry.Codec = about.Codec
	source, err := os.Open(recording)
	if err != nil {
		return entry, err
	}
	defer source.Close()
	part := filepath.Join(to, stem+".mkv.part")
	defer os.Remove(part)
	if err := convert(ctx, source, about, part, &entry); err != nil {
		return entry, err
	}
	if entry.Frames == 0 {
		return entry, errors.New("nothing in it can be played")
	}
	entry.File = stem + ".mkv"
	return entry, os.Rename(part, filepath.Join(to, entry.File))
}

func writeList(path string, entries []Entry) error {
	text, err := json.MarshalIndent(entries, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".part", append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}
