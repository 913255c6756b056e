// Package layers decides which simulcast layer of each camera is recorded.
package layers

import (
	"fmt"
	"slices"
	"sync"

	"github.com/livekit/protocol/livekit"
)

// Policy names a way to choose layers.
type Policy string

const (
	// High records the best layer of everybody.
	High Policy = "high"
	// Speaker records the best layer of who speaks and the middle one of the others: the recorded
	// quality costs uplink at each site, and a listener's picture need not be sharp.
	Speaker Policy = "speaker"
)

// Parse reads a policy's name.
func Parse(name string) (Policy, error) {
	policy := Policy(name)
	if policy != High && policy != Speaker {
		return "", fmt.Errorf("unknown layer policy %q (high or speaker)", name)
	}
	return policy, nil
}

// Chooser applies a policy to the people in one room.
type Chooser struct {
	policy   Policy
	mutex    sync.Mutex
	speakers []string
}

// NewChooser starts with nobody speaking.
func NewChooser(policy Policy) *Chooser {
	return &Chooser{policy: policy}
}

// Speaking tells who speaks now.  While nobody does, the last speakers keep their layer: a pause for
// breath must not cost a switch.
func (c *Chooser) Speaking(identities []string) {
	if len(identities) == 0 {
		return
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.speakers = slices.Clone(identities)
}

// Quality is the layer to record of one person's camera or screen.
func (c *Chooser) Quality(identity string, source livekit.TrackSource) livekit.VideoQuality {
	if c.policy == High || source == livekit.TrackSource_SCREEN_SHARE {
		return livekit.VideoQuality_HIGH
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if slices.Contains(c.speakers, identity) {
		return livekit.VideoQuality_HIGH
	}
	return livekit.VideoQuality_MEDIUM
}
