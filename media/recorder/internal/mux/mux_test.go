package mux

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/pion/rtp/codecs"

	"tiepdan/media/recorder/internal/rtpdump"
	"tiepdan/media/recorder/internal/sidefile"
)

const (
	vp8Type  = 96
	opusType = 111
	frameGap = 6000 // 15 frames a second at 90 kHz
)

var start = time.UnixMicro(1_795_600_000_000_000)

// recording makes one recorded track out of packets that came 20 ms after one another.
func recording(t *testing.T, stem, mime string, packets []*rtp.Packet) string {
	t.Helper()
	directory := t.TempDir()
	about := sidefile.Track{
		Codec: strings.ToLower(mime[6:]), Mime: mime, ClockRate: 90000, PayloadType: vp8Type,
		Identity: "hub", Source: "camera", SSRC: 7, StartedUS: start.UnixMicro(),
	}
	if strings.HasPrefix(mime, "audio") {
		about.ClockRate, about.PayloadType, about.Channels, about.Source = 48000, opusType, 2, "microphone"
	}
	text, _ := json.Marshal(about)
	if err := os.WriteFile(filepath.Join(directory, stem+".json"), text, 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := rtpdump.Create(filepath.Join(directory, stem+".rtpdump"), start)
	if err != nil {
		t.Fatal(err)
	}
	for i, packet := range packets {
		raw, err := packet.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		_ = w.RTP(raw, start.Add(time.Duration(i*20)*time.Millisecond))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return directory
}

func converted(t *testing.T, directory string) (Entry, string) {
	t.Helper()
	out := t.TempDir()
	if err := Directory(context.Background(), directory, out); err != nil {
		t.Fatal(err)
	}
	var entries []Entry
	text, _ := os.ReadFile(filepath.Join(out, ListName))
	if err := json.Unmarshal(text, &entries); err != nil || len(entries) != 1 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	return entries[0], filepath.Join(out, entries[0].File)
}

// videoPackets are the frames of the test clip as RTP, from a sequence number near its wrap.
func videoPackets(t *testing.T) []*rtp.Packet {
	t.Helper()
	return clipPackets(t, "../../testdata/clip.ivf", 65530, 0xFFFFF000)
}

func clipPackets(t *testing.T, path string, sequence uint16, timestamp uint32) []*rtp.Packet {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	payloader := &codecs.VP8Payloader{EnablePictureID: true}
	var packets []*rtp.Packet
	for rest := content[32:]; len(rest) > 12; timestamp += frameGap {
		size := int(binary.LittleEndian.Uint32(rest))
		payloads := payloader.Payload(1100, rest[12:12+size])
		for i, payload := range payloads {
			header := rtp.Header{
				Version: 2, PayloadType: vp8Type, SequenceNumber: sequence,
				Timestamp: timestamp, SSRC: 7, Marker: i == len(payloads)-1,
			}
			packets = append(packets, &rtp.Packet{Header: header, Payload: payload})
			sequence++
		}
		rest = rest[12+size:]
	}
	return packets
}

func soundPackets(count int) []*rtp.Packet {
	var packets []*rtp.Packet
	for i := range count {
		header := rtp.Header{
			Version: 2, PayloadType: opusType, SequenceNumber: uint16(i), Timestamp: uint32(960 * i), SSRC: 7,
		}
		packets = append(packets, &rtp.Packet{Header: header, Payload: []byte{0xF8, 0xFF, 0xFE}}) // silence
	}
	return packets
}

// decodes reads a file to its end as a player would, where there is an ffprobe.
func decodes(t *testing.T, path string, frames int) {
	t.Helper()
	ffprobe, err := exec.LookPath("ffprobe")
	if err != nil {
		t.Log("no ffprobe on this machine: whether the file plays was not looked at")
		return
	}
	output, err := exec.Command(ffprobe, "-v", "error", "-count_frames",
		"-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path).CombinedOutput()
	if found := strings.TrimSpace(string(output)); err != nil || found != strconv.Itoa(frames) {
		t.Errorf("%s: %v, %s frames instead of %d", path, err, found, frames)
	}
}

// A camera should become a file that plays, with its size and length.
func TestVideo(t *testing.T) {
	entry, path := converted(t, recording(t, "01-hub-camera", "video/VP8", videoPackets(t)))
	if entry.Frames != 30 || entry.Lost != 0 || entry.Width != 320 || entry.Height != 180 || entry.Error != "" {
		t.Errorf("%+v", entry)
	}
	if entry.DurationMS < 1900 || entry.DurationMS > 2050 || entry.StartedUS != start.UnixMicro() {
		t.Errorf("%d ms from %d", entry.DurationMS, entry.StartedUS)
	}
	decodes(t, path, int(entry.Frames))
}

// A camera whose layers grow should be shown in the size of the largest.
func TestGrowingLayers(t *testing.T) {
	packets := videoPackets(t)
	small := clipPackets(t, "../../testdata/clip-low.ivf", packets[0].SequenceNumber, 0xFF000000)
	for _, packet := range packets {
		packet.SequenceNumber += uint16(len(small))
	}
	entry, path := converted(t, recording(t, "01-hub-camera", "video/VP8", append(small, packets...)))
	if entry.Frames != 60 || entry.Width != 160 || entry.MaxWidth != 320 || entry.MaxHeight != 180 {
		t.Errorf("%+v", entry)
	}
	decodes(t, path, int(entry.Frames))
}

// A microphone should become a file that plays.
func TestSound(t *testing.T) {
	entry, path := converted(t, recording(t, "02-hub-microphone", "audio/opus", soundPackets(100)))
	if entry.Frames != 100 || entry.Kind != "audio" || entry.DurationMS < 1980 {
		t.Errorf("%+v", entry)
	}
	decodes(t, path, int(entry.Frames))
}

// Redundant audio should give the newest block of each packet.
func TestRedundantSound(t *testing.T) {
	packets := soundPackets(50)
	for _, packet := range packets {
		red := []byte{0x80 | opusType, 0x0F, 0x00, 0x02, opusType, 1, 2}
		packet.Payload = append(red, packet.Payload...)
	}
	entry, path := converted(t, recording(t, "02-hub-microphone", "audio/red", packets))
	if entry.Frames != 50 || entry.Codec != "opus" {
		t.Errorf("%+v", entry)
	}
	decodes(t, path, int(entry.Frames))
}

// Late and repeated packets should be put in their place once.
func TestDisorder(t *testing.T) {
	packets := videoPackets(t)
	packets[10], packets[12] = packets[12], packets[10]
	packets = append(packets, packets[3])
	entry, path := converted(t, recording(t, "01-hub-camera", "video/VP8", packets))
	if entry.Frames != 30 || entry.Lost != 0 || entry.Packets != int64(len(packets)-1) {
		t.Errorf("%+v", entry)
	}
	decodes(t, path, int(entry.Frames))
}

// A lost packet should cost its frame, be counted, and not shift what follows.
func TestLoss(t *testing.T) {
	packets := soundPackets(100)
	packets = append(packets[:50], packets[51:]...)
	entry, _ := converted(t, recording(t, "02-hub-microphone", "audio/opus", packets))
	if entry.Frames != 99 || entry.Lost != 1 || entry.DurationMS < 1980 {
		t.Errorf("%+v", entry)
	}
}

// A recording killed inside a packet should play up to there.
func TestCut(t *testing.T) {
	directory := recording(t, "01-hub-camera", "video/VP8", videoPackets(t))
	path := filepath.Join(directory, "01-hub-camera.rtpdump")
	info, _ := os.Stat(path)
	if err := os.Truncate(path, info.Size()-7); err != nil {
		t.Fatal(err)
	}
	entry, out := converted(t, directory)
	if !entry.Cut || entry.Frames != 29 {
		t.Errorf("%+v", entry)
	}
	decodes(t, out, int(entry.Frames))
}

// A camera without a key frame should be reported, not make a file that cannot be played.
func TestNoKeyFrame(t *testing.T) {
	packets := videoPackets(t)
	for packets[0].Timestamp == 0xFFFFF000 {
		packets = packets[1:]
	}
	entry, _ := converted(t, recording(t, "01-hub-camera", "video/VP8", packets[:5]))
	if entry.File != "" || entry.Error == "" || entry.Packets != 5 {
		t.Errorf("%+v", entry)
	}
}

// A track in a codec we do not convert should be named, and so should one without a side file.
func TestUnreadable(t *testing.T) {
	directory := recording(t, "01-hub-camera", "video/AV1", nil)
	if entry, _ := converted(t, directory); !strings.Contains(entry.Error, "AV1") || entry.Identity != "hub" {
		t.Errorf("%+v", entry)
	}
	_ = os.Remove(filepath.Join(directory, "01-hub-camera.json"))
	if entry, _ := converted(t, directory); entry.Error == "" || entry.Recording == "" {
		t.Errorf("%+v", entry)
	}
}

// A sender report should give the sender's clock at the first frame.
func TestSenderClock(t *testing.T) {
	at := uint64(1_795_600_000+ntpToUnix)<<32 | 1<<31
	report := &rtcp.SenderReport{NTPTime: at, RTPTime: 48_000}
	if got := senderClock(report, 96_000, 48_000); got != 1_795_600_001_500_000 {
		t.Errorf("%d", got)
	}
}
