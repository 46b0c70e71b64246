// Makes the calls that it is asked for on standard input; see ../../client.ts.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"log"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	_ "google.golang.org/grpc/xds"
)

type request struct {
	Target     string
	Method     string
	Count      int
	Metadata   map[string]string
	DeadlineMs int
}

type answer struct {
	Server  string `json:"server,omitempty"`
	Code    string `json:"code,omitempty"`
	Details string `json:"details,omitempty"`
}

// Messages are bytes.
type raw struct{}

func (raw) Marshal(message any) ([]byte, error) { return *message.(*[]byte), nil }
func (raw) Unmarshal(data []byte, message any) error {
	*message.(*[]byte) = append([]byte(nil), data...)
	return nil
}
func (raw) Name() string { return "raw" }

var connections = map[string]*grpc.ClientConn{}

func connectionTo(target string) *grpc.ClientConn {
	if connections[target] == nil {
		connection, err := grpc.NewClient(target, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			log.Fatal(err)
		}
		connections[target] = connection
	}
	return connections[target]
}

func call(asked request) answer {
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(asked.DeadlineMs)*time.Millisecond)
	defer cancel()
	ctx = metadata.NewOutgoingContext(ctx, metadata.New(asked.Metadata))
	sent, reply := []byte{}, []byte{}
	err := connectionTo(asked.Target).Invoke(ctx, asked.Method, &sent, &reply, grpc.ForceCodec(raw{}))
	if err != nil {
		return answer{Code: codeOf(status.Code(err).String()), Details: status.Convert(err).Message()}
	}
	return answer{Server: string(reply)}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var asked request
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			log.Fatal(err)
		}
		answers := make([]answer, asked.Count)
		for made := range answers {
			answers[made] = call(asked)
		}
		if err := json.NewEncoder(os.Stdout).Encode(map[string]any{"answers": answers}); err != nil {
			log.Fatal(err)
		}
	}
}
