// Command tiepdan-record records the tracks of one media room, turns recordings into playable files
// and plays a synthetic seat for load tests.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/livekit/protocol/livekit"

	"tiepdan/media/recorder/internal/layers"
	"tiepdan/media/recorder/internal/mux"
	"tiepdan/media/recorder/internal/publish"
	"tiepdan/media/recorder/internal/record"
)

const (
	exitFailed = 1
	exitUsage  = 2

	recorderToken = "TIEPDAN_RECORDER_TOKEN"
	publishToken  = "TIEPDAN_PUBLISH_TOKEN"

	usage = `usage:
  tiepdan-record record  --url ws://HOST:PORT --dir DIR --room NAME [--layers high|speaker]
  tiepdan-record mux     --dir DIR --out OUT
  tiepdan-record publish --url ws://HOST:PORT [--video CLIP.ivf[,LOWER.ivf...]] [--audio CLIP.ogg]
                         [--from all|none|IDENTITY[:low|medium|high],...] [--settle N]
                         --seconds N
The tokens are read from ` + recorderToken + ` (record) and ` + publishToken + ` (publish).
`
)

var errUsage = errors.New("bad command line")

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(arguments []string) int {
	// Our output may be a pipe whose reader has gone; that is no reason to stop recording.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	commands := map[string]func(context.Context, []string) (int, error){
		"record": runRecord, "mux": runMux, "publish": runPublish,
	}
	if len(arguments) == 0 || commands[arguments[0]] == nil {
		fmt.Fprint(os.Stderr, usage)
		return exitUsage
	}
	code, err := commands[arguments[0]](ctx, arguments[1:])
	if errors.Is(err, errUsage) {
		fmt.Fprintf(os.Stderr, "%v\n%s", err, usage)
		return exitUsage
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	return code
}

// flags parses a command's arguments; each flag named in needed must have a value.
func flags(set *flag.FlagSet, arguments []string, needed ...string) error {
	set.SetOutput(os.Stderr)
	set.Usage = func() {}
	if err := set.Parse(arguments); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if set.NArg() > 0 {
		return fmt.Errorf("%w: what is %q?", errUsage, set.Arg(0))
	}
	for _, name := range needed {
		if set.Lookup(name).Value.String() == "" {
			return fmt.Errorf("%w: --%s is missing", errUsage, name)
		}
	}
	return nil
}

// token reads a secret from the environment: anybody may read another process's command line.
func token(name string) (string, error) {
	value := os.Getenv(name)
	if value == "" {
		return "", fmt.Errorf("%w: %s is not set", errUsage, name)
	}
	return value, os.Unsetenv(name)
}

func runRecord(ctx context.Context, arguments []string) (int, error) {
	var options record.Options
	var policy string
	set := flag.NewFlagSet("record", flag.ContinueOnError)
	set.StringVar(&options.URL, "url", "", "")
	set.StringVar(&options.Directory, "dir", "", "")
	set.StringVar(&options.Room, "room", "", "")
	set.StringVar(&policy, "layers", string(layers.High), "")
	err := flags(set, arguments, "url", "dir", "room")
	if err != nil {
		return 0, err
	}
	if options.Layers, err = layers.Parse(policy); err != nil {
		return 0, fmt.Errorf("%w: %w", errUsage, err)
	}
	if options.Token, err = token(recorderToken); err != nil {
		return 0, err
	}
	return record.Run(ctx, options), nil
}

func runMux(ctx context.Context, arguments []string) (int, error) {
	var from, to string
	set := flag.NewFlagSet("mux", flag.ContinueOnError)
	set.StringVar(&from, "dir", "", "")
	set.StringVar(&to, "out", "", "")
	if err := flags(set, arguments, "dir", "out"); err != nil {
		return 0, err
	}
	return 0, mux.Directory(ctx, from, to)
}

func runPublish(ctx context.Context, arguments []string) (int, error) {
	var options publish.Options
	var video, from string
	var seconds, settle float64
	set := flag.NewFlagSet("publish", flag.ContinueOnError)
	set.StringVar(&options.URL, "url", "", "")
	set.StringVar(&video, "video", "", "")
	set.StringVar(&options.Audio, "audio", "", "")
	set.StringVar(&from, "from", "all", "")
	set.Float64Var(&seconds, "seconds", 10, "")
	set.Float64Var(&settle, "settle", 0, "")
	err := flags(set, arguments, "url")
	if err != nil {
		return 0, err
	}
	if video != "" {
		options.Videos = strings.Split(video, ",")
	}
	if options.From, err = wanted(from); err != nil {
		return 0, err
	}
	options.Duration = time.Duration(seconds * float64(time.Second))
	options.Settle = time.Duration(settle * float64(time.Second))
	if options.Token, err = token(publishToken); err != nil {
		return 0, err
	}
	return 0, publish.Run(ctx, options, os.Stdout)
}

// wanted reads whom to receive, and in which layer; nil is everybody.
func wanted(from string) (map[string]livekit.VideoQuality, error) {
	layers := map[string]livekit.VideoQuality{
		"": livekit.VideoQuality_HIGH, "high": livekit.VideoQuality_HIGH,
		"medium": livekit.VideoQuality_MEDIUM, "low": livekit.VideoQuality_LOW,
	}
	found := map[string]livekit.VideoQuality{}
	switch from {
	case "all":
		return nil, nil
	case "none":
		return found, nil
	}
	for _, one := range strings.Split(from, ",") {
		identity, name, _ := strings.Cut(one, ":")
		layer, known := layers[name]
		if !known {
			return nil, fmt.Errorf("%w: no layer %q", errUsage, name)
		}
		found[identity] = layer
	}
	return found, nil
}
