// Package sidefile is the small JSON file beside each recorded track.
package sidefile

import (
	"encoding/json"
	"fmt"
	"os"
)

// Track tells what is in a track's file.  The names are part of the format.
type Track struct {
	Codec       string `json:"codec"`
	Mime        string `json:"mime"`
	ClockRate   uint32 `json:"clock_rate"`
	PayloadType uint8  `json:"payload_type"`
	Channels    uint16 `json:"channels"`
	Identity    string `json:"identity"`
	Name        string `json:"name"`
	Source      string `json:"source"`
	TrackSID    string `json:"track_sid"`
	SSRC        uint32 `json:"ssrc"`
	StartedAt   string `json:"started_at"`
	StartedUS   int64  `json:"started_us"`
}

// Read reads a side file.
func Read(path string) (Track, error) {
	var track Track
	text, err := os.ReadFile(path)
	if err != nil {
		return track, err
	}
	if err := json.Unmarshal(text, &track); err != nil {
		return track, fmt.Errorf("%s: %w", path, err)
	}
	return track, nil
}
