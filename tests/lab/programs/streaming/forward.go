package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/kubelet/pkg/cri/streaming/portforward"
)

// PortForward connects a stream to a port of the pod whose folder is `folder`, at its loopback.
func (c containers) PortForward(_ context.Context, folder string, _ types.UID, port int32, stream io.ReadWriteCloser) error {
	defer stream.Close()
	connection, err := dial(filepath.Join(folder, "netns"), fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return err
	}
	defer connection.Close()
	done := make(chan error, 2)
	go func() { _, err := io.Copy(connection, stream); done <- err }()
	go func() { _, err := io.Copy(stream, connection); done <- err }()
	return <-done
}

// dial makes a connection from within a network namespace.
func dial(namespace, address string) (net.Conn, error) {
	type dialed struct {
		connection net.Conn
		err        error
	}
	result := make(chan dialed)
	go func() {
		// A thread that has been in there serves nobody else: it ends with this function.
		runtime.LockOSThread()
		file, err := os.Open(namespace)
		if err == nil {
			defer file.Close()
			err = unix.Setns(int(file.Fd()), unix.CLONE_NEWNET)
		}
		if err != nil {
			result <- dialed{nil, err}
			return
		}
		connection, err := net.DialTimeout("tcp", address, 5*time.Second)
		result <- dialed{connection, err}
	}()
	it := <-result
	return it.connection, it.err
}

func (c containers) forward(w http.ResponseWriter, r *http.Request) {
	options, err := portforward.NewV4Options(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	portforward.ServePortForward(w, r, c, c.folder(r), "", options, time.Hour, time.Minute, portforward.SupportedProtocols)
}
