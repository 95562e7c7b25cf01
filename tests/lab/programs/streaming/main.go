// The streaming part of a kubelet, with the kubelet's own library: it makes `kubectl exec`, `logs` and
// `port-forward` work for pods that the lab runs natively. Usage: streaming ADDRESS FOLDER.
//
// FOLDER/NAMESPACE/POD/ holds `netns`, the pod's network namespace, and for each container a folder with
// `enter`, a program that runs its arguments inside of it, and `log`.
package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"k8s.io/apimachinery/pkg/types"
	constants "k8s.io/apimachinery/pkg/util/remotecommand"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/util/cert"
	streaming "k8s.io/kubelet/pkg/cri/streaming/remotecommand"
	utilexec "k8s.io/utils/exec"
)

// A folder of containers.
type containers string

// folder is that of a container or, where none is asked for, of a pod.
func (c containers) folder(r *http.Request) string {
	return filepath.Join(string(c), r.PathValue("namespace"), r.PathValue("pod"), r.PathValue("container"))
}

// ExecInContainer runs a command in the container whose folder is `folder`. A terminal is not offered.
func (c containers) ExecInContainer(ctx context.Context, folder string, _ types.UID, _ string, command []string,
	in io.Reader, out, err io.WriteCloser, _ bool, _ <-chan remotecommand.TerminalSize, _ time.Duration) error {
	process := exec.CommandContext(ctx, filepath.Join(folder, "enter"), command...)
	process.Stdin, process.Stdout = in, out
	if process.Stderr = os.Stderr; err != nil {
		process.Stderr = err
	}
	failure := process.Run()
	if exit, ok := failure.(*exec.ExitError); ok {
		return utilexec.CodeExitError{Err: exit, Code: exit.ExitCode()}
	}
	return failure
}

func (c containers) exec(w http.ResponseWriter, r *http.Request) {
	options, err := streaming.NewOptions(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	streaming.ServeExec(w, r, c, c.folder(r), "", r.PathValue("container"), r.URL.Query()["command"], options,
		time.Hour, time.Minute, constants.SupportedStreamingProtocols)
}

func (c containers) logs(w http.ResponseWriter, r *http.Request) {
	text, err := os.ReadFile(filepath.Join(c.folder(r), "log"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	io.Copy(w, bytes.NewReader(text))
}

func main() {
	address, pods := os.Args[1], containers(os.Args[2])
	http.HandleFunc("/exec/{namespace}/{pod}/{container}", pods.exec)
	http.HandleFunc("/portForward/{namespace}/{pod}", pods.forward)
	http.HandleFunc("/containerLogs/{namespace}/{pod}/{container}", pods.logs)

	// As a kubelet does: the API server does not ask who signed it.
	certificate, key, err := cert.GenerateSelfSignedCertKey("kubelet", []net.IP{net.ParseIP("127.0.0.1")}, nil)
	if err != nil {
		log.Fatal(err)
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		log.Fatal(err)
	}
	// Streams are SPDY, an upgrade of HTTP 1.1.
	server := http.Server{Addr: address, TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"http/1.1"}}}
	log.Fatal(server.ListenAndServeTLS("", ""))
}
