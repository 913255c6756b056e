package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/livekit/protocol/auth"
	"github.com/livekit/protocol/livekit"
	lksdk "github.com/livekit/server-sdk-go/v2"
)

const (
	enginePath = "../../var/bin/livekit-server"
	key        = "testkey"
	secret     = "a secret of at least 32 characters"
)

// engine is a real media server of one test, on ports of its own.
type engine struct {
	t    *testing.T
	port int
	run  *exec.Cmd
}

func startEngine(t *testing.T) *engine {
	t.Helper()
	if _, err := os.Stat(enginePath); err != nil {
		t.Skip("the media server is not built (media/build): ", err)
	}
	e := &engine{t: t, port: freePort(t)}
	config := filepath.Join(t.TempDir(), "engine.yaml")
	text, _ := json.Marshal(map[string]any{
		"port": e.port, "bind_addresses": []string{"127.0.0.1"},
		"rtc": map[string]any{
			"udp_port": freePort(t), "tcp_port": freePort(t), "use_external_ip": false,
			"enable_loopback_candidate": true, "interfaces": map[string]any{"includes": []string{"lo"}},
			"node_ip": "127.0.0.1", "stun_servers": []string{},
		},
		"room": map[string]any{"auto_create": false},
		"keys": map[string]string{key: secret}, "logging": map[string]string{"level": "error"},
	})
	if err := os.WriteFile(config, text, 0o600); err != nil {
		t.Fatal(err)
	}
	e.run = exec.Command(enginePath, "--config", config)
	e.run.Stdout, e.run.Stderr = os.Stdout, os.Stderr
	e.run.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := e.run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.kill)
	within(t, 10*time.Second, "the engine answers", func() bool {
		answer, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/", e.port))
		if err == nil {
			_ = answer.Body.Close()
		}
		return err == nil
	})
	return e
}

func (e *engine) kill() {
	_ = e.run.Process.Kill()
	_, _ = e.run.Process.Wait()
}

func (e *engine) url() string { return fmt.Sprintf("ws://127.0.0.1:%d", e.port) }

func (e *engine) rooms() *lksdk.RoomServiceClient {
	return lksdk.NewRoomServiceClient(fmt.Sprintf("http://127.0.0.1:%d", e.port), key, secret)
}

func (e *engine) createRoom(name string) {
	e.t.Helper()
	request := &livekit.CreateRoomRequest{Name: name, EmptyTimeout: 60, DepartureTimeout: 60}
	if _, err := e.rooms().CreateRoom(context.Background(), request); err != nil {
		e.t.Fatal(err)
	}
}

func (e *engine) deleteRoom(name string) {
	e.t.Helper()
	if _, err := e.rooms().DeleteRoom(context.Background(), &livekit.DeleteRoomRequest{Room: name}); err != nil {
		e.t.Fatal(err)
	}
}

// seat starts a synthetic seat that sends the test clips.
func (e *engine) seat(identity, room, videos string) *exec.Cmd {
	e.t.Helper()
	grant := &auth.VideoGrant{RoomJoin: true, Room: room}
	return e.start([]string{publishToken + "=" + e.token(identity, grant)},
		"publish", "--url", e.url(), "--video", videos, "--audio", "testdata/clip.ogg", "--seconds", "60")
}

// recorder starts a recorder of a room.
func (e *engine) recorder(room, directory string, more ...string) *exec.Cmd {
	e.t.Helper()
	no := false
	grant := &auth.VideoGrant{RoomJoin: true, Room: room, Hidden: true, Recorder: true, CanPublish: &no}
	arguments := []string{"record", "--url", e.url(), "--dir", directory, "--room", room}
	return e.start([]string{recorderToken + "=" + e.token("recorder", grant)}, append(arguments, more...)...)
}

func (e *engine) token(identity string, grant *auth.VideoGrant) string {
	e.t.Helper()
	text, err := auth.NewAccessToken(key, secret).SetIdentity(identity).SetVideoGrant(grant).ToJWT()
	if err != nil {
		e.t.Fatal(err)
	}
	return text
}

func (e *engine) start(environment []string, arguments ...string) *exec.Cmd {
	e.t.Helper()
	command := program(environment, arguments...)
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := command.Start(); err != nil {
		e.t.Fatal(err)
	}
	e.t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	return command
}

// freePort is a port that is free for TCP and UDP just now.
func freePort(t *testing.T) int {
	t.Helper()
	for range 50 {
		tcp, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := tcp.Addr().(*net.TCPAddr).Port
		udp, err := net.ListenUDP("udp", &net.UDPAddr{Port: port})
		_ = tcp.Close()
		if err == nil {
			_ = udp.Close()
			return port
		}
	}
	t.Fatal("no free port")
	return 0
}

func within(t *testing.T, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("not within %v: %s", limit, what)
}

func eventsIn(t *testing.T, directory string) []map[string]any {
	t.Helper()
	content, _ := os.ReadFile(filepath.Join(directory, "events.jsonl"))
	var found []map[string]any
	for _, line := range strings.SplitAfter(string(content), "\n") {
		event := map[string]any{}
		if strings.HasSuffix(line, "\n") && json.Unmarshal([]byte(line), &event) == nil {
			found = append(found, event)
		}
	}
	return found
}

// durable is the smallest number of durable bytes among the files of the newest "bytes" event, 0
// when fewer files than expected are in it.
func durable(t *testing.T, directory string, expected int) float64 {
	t.Helper()
	smallest := 0.0
	for _, event := range eventsIn(t, directory) {
		files, _ := event["files"].(map[string]any)
		if event["kind"] != "bytes" || len(files) < expected {
			continue
		}
		smallest = -1
		for _, file := range files {
			if synced := file.(map[string]any)["synced"].(float64); smallest < 0 || synced < smallest {
				smallest = synced
			}
		}
	}
	return smallest
}
