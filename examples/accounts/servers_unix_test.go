//go:build unix

package accounts_test

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/need"
)

// A server is one that the tests share: in a temporary folder, on a socket there and no port. Each
// test has a database of its own.
type server struct {
	dir      string
	attr     *syscall.SysProcAttr
	process  *exec.Cmd
	once     sync.Once
	problem  error
	database atomic.Int64
}

var postgres, mariadb server

func TestMain(m *testing.M) {
	status := m.Run()
	for _, s := range []*server{&postgres, &mariadb} {
		if s.process != nil {
			_ = s.process.Process.Signal(syscall.SIGTERM)
			_ = s.process.Wait()
		}
		if s.dir != "" {
			_ = os.RemoveAll(s.dir)
		}
	}
	os.Exit(status)
}

// prepare makes the folder. Both servers refuse to run as root, so that root runs them under
// another account.
func (s *server) prepare() error {
	var err error
	if s.dir, err = os.MkdirTemp("", "db"); err != nil { // A socket's path must be short.
		return err
	}
	s.attr = &syscall.SysProcAttr{}
	if os.Getuid() != 0 {
		return nil
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return err
	}
	uid, _ := strconv.ParseUint(nobody.Uid, 10, 32)
	gid, _ := strconv.ParseUint(nobody.Gid, 10, 32)
	s.attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(s.dir, int(uid), int(gid))
}

func (s *server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.SysProcAttr, cmd.Env = s.dir, s.attr, []string{"LC_ALL=C.UTF-8", "PATH=" + os.Getenv("PATH"),
		"HOME=" + s.dir}
	return cmd
}

// start makes the data of a server and starts it, once.
func (s *server) start(t *testing.T, initialize func() *exec.Cmd, serve func() *exec.Cmd, driver, admin string) {
	t.Helper()
	s.once.Do(func() {
		if s.problem = s.prepare(); s.problem != nil {
			return
		}
		if out, err := initialize().CombinedOutput(); err != nil {
			s.problem = fmt.Errorf("%w: %s", err, out)
			return
		}
		s.process = serve()
		if s.problem = s.process.Start(); s.problem != nil {
			s.process = nil
			return
		}
		s.problem = answers(driver, fmt.Sprintf(admin, s.dir))
	})
	if s.problem != nil {
		t.Fatal(s.problem)
	}
}

// answers waits until a server takes a connection.
func answers(driver, source string) error {
	db, err := sql.Open(driver, source)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		err := db.Ping()
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the server does not answer: %w", err)
		}
	}
}

// open makes a database for one test.
func (s *server) open(t *testing.T, driver, admin, source string) *sql.DB {
	t.Helper()
	name := fmt.Sprint("test", s.database.Add(1))
	root, err := sql.Open(driver, fmt.Sprintf(admin, s.dir))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	if _, err := root.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open(driver, fmt.Sprintf(source, s.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func newPostgres(t *testing.T) *sql.DB {
	t.Helper()
	programs, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(programs) == 0 {
		need.Unmet(t, "PostgreSQL is missing: apt-get install postgresql")
	}
	bin := filepath.Dir(programs[len(programs)-1])
	const admin = "host=%s user=test dbname=postgres sslmode=disable"
	s := &postgres
	s.start(t,
		func() *exec.Cmd {
			return s.command(filepath.Join(bin, "initdb"), "--no-sync", "--auth=trust", "--username=test", "--encoding=UTF8",
				filepath.Join(s.dir, "data"))
		},
		func() *exec.Cmd {
			return s.command(filepath.Join(bin, "postgres"), "-D", filepath.Join(s.dir, "data"), "-k", s.dir, "-c",
				"listen_addresses=", "-c", "fsync=off", "-c", "max_connections=100")
		}, "postgres", admin)
	return s.open(t, "postgres", admin, "host=%s user=test dbname=%s sslmode=disable")
}

// newMariaDB has a server with Debian's collation for all that the schema says nothing of.
func newMariaDB(t *testing.T) *sql.DB {
	t.Helper()
	install := need.Program(t, "mariadb-install-db", "mariadb-server")
	const admin, server = "root@unix(%s/s)/", "/usr/sbin/mariadbd"
	s := &mariadb
	s.start(t,
		func() *exec.Cmd {
			return s.command(install, "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db",
				"--datadir="+filepath.Join(s.dir, "data"))
		},
		func() *exec.Cmd {
			return s.command(server, "--no-defaults", "--datadir="+filepath.Join(s.dir, "data"), "--socket="+
				filepath.Join(s.dir, "s"),
				"--pid-file="+filepath.Join(s.dir, "pid"), "--skip-networking", "--innodb-flush-log-at-trx-commit=0",
				"--skip-log-bin", "--innodb-buffer-pool-size=32M", "--character-set-server=utf8mb4",
				"--collation-server=utf8mb4_general_ci")
		}, "mysql", admin)
	return s.open(t, "mysql", admin, "root@unix(%s/s)/%s")
}
