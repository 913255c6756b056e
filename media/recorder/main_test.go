package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/livekit/protocol/livekit"
)

// asProgram makes the test binary play tiepdan-record itself, so that signals can be tested.
const asProgram = "TIEPDAN_RECORD_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// program is a tiepdan-record process that is not started yet.
func program(environment []string, arguments ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], arguments...)
	command.Env = append(append(os.Environ(), asProgram+"=1"), environment...)
	return command
}

func exitCode(t *testing.T, command *exec.Cmd) (int, string) {
	t.Helper()
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	_ = command.Run()
	return command.ProcessState.ExitCode(), output.String()
}

// Bad command lines should answer 2 and the usage.
func TestUsage(t *testing.T) {
	for _, line := range []string{"", "sing", "record", "record --room x", "mux --dir x extra", "record --no"} {
		code, output := exitCode(t, program(nil, strings.Fields(line)...))
		if code != exitUsage || !strings.Contains(output, "usage:") {
			t.Errorf("%q: %d, %s", line, code, output)
		}
	}
}

// Without a token in the environment nothing should start.
func TestTokenIsNeeded(t *testing.T) {
	for _, line := range []string{"record --url ws://127.0.0.1:1 --dir x --room r", "publish --url ws://127.0.0.1:1"} {
		code, output := exitCode(t, program(nil, strings.Fields(line)...))
		if code != exitUsage || !strings.Contains(output, "_TOKEN is not set") {
			t.Errorf("%q: %d, %s", line, code, output)
		}
	}
}

// A policy nobody knows should be refused before the engine is asked.
func TestUnknownPolicy(t *testing.T) {
	line := "record --url ws://127.0.0.1:1 --dir x --room r --layers lowest"
	code, output := exitCode(t, program([]string{recorderToken + "=x"}, strings.Fields(line)...))
	if code != exitUsage || !strings.Contains(output, "lowest") {
		t.Errorf("%d, %s", code, output)
	}
}

// A recorder that cannot join should answer 3 and say why in its events.
func TestCannotJoin(t *testing.T) {
	directory := filepath.Join(t.TempDir(), "new")
	code, _ := exitCode(t, program([]string{recorderToken + "=x"},
		"record", "--url", "ws://127.0.0.1:1", "--dir", directory, "--room", "r"))
	found := eventsIn(t, directory)
	if code != 3 || len(found) != 1 || found[0]["kind"] != "failed" || found[0]["reason"] == "" {
		t.Errorf("%d, %v", code, found)
	}
	if info, err := os.Stat(directory); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("directory: %v, %v", info, err)
	}
}

// Output that nobody reads any more should not end a recorder.
func TestReaderOfOutputIsGone(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = reader.Close()
	command := program([]string{recorderToken + "=x"},
		"record", "--url", "ws://127.0.0.1:1", "--dir", t.TempDir(), "--room", "r")
	command.Stdout, command.Stderr = writer, writer
	_ = command.Run()
	if code := command.ProcessState.ExitCode(); code != 3 {
		t.Errorf("%v", command.ProcessState)
	}
}

// Mux without anything to convert should fail, not make an empty list.
func TestNothingToMux(t *testing.T) {
	code, output := exitCode(t, program(nil, "mux", "--dir", t.TempDir(), "--out", t.TempDir()))
	if code != exitFailed || !strings.Contains(output, "no recorded track") {
		t.Errorf("%d, %s", code, output)
	}
}

// Whom to receive should be read with the layer of each; an unknown layer is refused.
func TestWanted(t *testing.T) {
	found, err := wanted("hub:high,s1:low,s2")
	high, low := livekit.VideoQuality_HIGH, livekit.VideoQuality_LOW
	if err != nil || len(found) != 3 || found["hub"] != high || found["s1"] != low || found["s2"] != high {
		t.Errorf("%v, %v", found, err)
	}
	if all, err := wanted("all"); all != nil || err != nil {
		t.Errorf("all: %v, %v", all, err)
	}
	if _, err := wanted("hub:huge"); !errors.Is(err, errUsage) {
		t.Errorf("a layer that does not exist: %v", err)
	}
}
