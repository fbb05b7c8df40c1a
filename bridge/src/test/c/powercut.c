/*
 * A power cut for tests: an LD_PRELOAD library that keeps, beside each file "*.db" and "*-wal" that is written, a shadow
 * "<file>.shadow" which holds only what was synced. The test kills the process and puts the shadows in place of the
 * files: exactly what a disk would hold after the power failed at that moment, at its worst.
 *
 * A shadow advances on fsync and fdatasync of its file, and on nothing else. What was written in between is remembered as
 * ranges; a sync copies those. In a cut during a sync the shadow may hold a part of it, as on a real disk.
 *
 * POWERCUT_DIR       only files below this directory
 * POWERCUT_DELAY_US  a sync takes this long before it takes effect
 * A file "fail-sync" in the directory makes each sync fail with EIO; "fail-write" each write with ENOSPC. "read-only" makes
 * each change of any file there fail with EROFS, and each open for writing; "no-permission" each open with EACCES, and
 * each sync.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

struct range {
    off_t from;
    off_t to;
};

struct tracked {
    char path[PATH_MAX];
    struct range *ranges;
    size_t count;
    size_t capacity;
    off_t smallest; /* the file was cut to this size at some time since the last sync; -1 when it was not */
};

#define MAX_TRACKED 16
static struct tracked files[MAX_TRACKED];
static int file_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);
static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static const char *directory;
static useconds_t delay;

__attribute__((constructor)) static void start(void) {
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_open = dlsym(RTLD_NEXT, "open64");
    real_openat = dlsym(RTLD_NEXT, "openat64");
    directory = getenv("POWERCUT_DIR");
    const char *us = getenv("POWERCUT_DELAY_US");
    delay = us ? (useconds_t) atoi(us) : 0;
}

static int ends_with(const char *text, const char *end) {
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static int is_watched(const char *path) {
    return directory && strncmp(path, directory, strlen(directory)) == 0
           && (ends_with(path, ".db") || ends_with(path, "-wal"));
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_MAX - 16);
    if (n < 0) {
        return 0;
    }
    path[n] = 0;
    return is_watched(path);
}

static int is_asked_for(const char *fault) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", directory, fault);
    return access(path, F_OK) == 0;
}

static int is_inside(const char *path) {
    size_t n = directory ? strlen(directory) : 0;
    return n && strncmp(path, directory, n) == 0 && path[n] == '/';
}

/* Whether a change of a watched file is denied, with errno. */
static int is_denied(void) {
    if (is_asked_for("read-only")) {
        errno = EROFS;
        return 1;
    }
    return 0;
}

static int is_open_denied(const char *path, int flags) {
    if (!is_inside(path)) {
        return 0;
    }
    if (is_asked_for("no-permission")) {
        errno = EACCES;
        return 1;
    }
    return ((flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT)) && is_denied();
}

/* Another preloaded library may open a file before our constructor ran. */
static void ready(void) {
    if (!real_open) {
        start();
    }
}

static mode_t mode_of(int flags, va_list list) {
    return flags & O_CREAT ? (mode_t) va_arg(list, int) : 0;
}

#define OPEN(name)                                                  \
    int name(const char *path, int flags, ...) {                    \
        va_list list;                                               \
        va_start(list, flags);                                      \
        mode_t mode = mode_of(flags, list);                         \
        va_end(list);                                               \
        ready();                                                    \
        return is_open_denied(path, flags) ? -1 : real_open(path, flags, mode); \
    }
#define OPENAT(name)                                                \
    int name(int at, const char *path, int flags, ...) {            \
        va_list list;                                               \
        va_start(list, flags);                                      \
        mode_t mode = mode_of(flags, list);                         \
        va_end(list);                                               \
        ready();                                                    \
        return is_open_denied(path, flags) ? -1 : real_openat(at, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

/* Both with the lock held. */
static struct tracked *find(const char *path) {
    for (int i = 0; i < file_count; i++) {
        if (strcmp(files[i].path, path) == 0) {
            return &files[i];
        }
    }
    if (file_count == MAX_TRACKED) {
        abort();
    }
    struct tracked *fresh = &files[file_count++];
    strcpy(fresh->path, path);
    fresh->smallest = -1;
    return fresh;
}

static void remember(struct tracked *file, off_t from, off_t to) {
    if (file->count > 0 && file->ranges[file->count - 1].to == from) {
        file->ranges[file->count - 1].to = to;
        return;
    }
    if (file->count == file->capacity) {
        file->capacity = file->capacity ? 2 * file->capacity : 64;
        file->ranges = realloc(file->ranges, file->capacity * sizeof *file->ranges);
        if (!file->ranges) {
            abort();
        }
    }
    file->ranges[file->count++] = (struct range) {from, to};
}

static void copy(int from, int to, off_t at, off_t end) {
    char buffer[65536];
    while (at < end) {
        size_t wanted = (size_t) (end - at) < sizeof buffer ? (size_t) (end - at) : sizeof buffer;
        ssize_t n = pread(from, buffer, wanted, at);
        if (n <= 0 || real_pwrite(to, buffer, (size_t) n, at) != n) {
            return;
        }
        at += n;
    }
}

static void advance(int fd, const char *path) {
    char shadow[PATH_MAX + 16];
    struct stat st;
    snprintf(shadow, sizeof shadow, "%s.shadow", path);
    pthread_mutex_lock(&lock);
    struct tracked *file = find(path);
    int created = access(shadow, F_OK) != 0;
    int to = real_open(shadow, O_RDWR | O_CREAT, 0600);
    /* The file may be open for writing only. */
    int from = real_open(path, O_RDONLY);
    if (to >= 0 && from >= 0 && fstat(fd, &st) == 0) {
        if (created) {
            copy(from, to, 0, st.st_size);
        } else {
            if (file->smallest >= 0 && real_ftruncate(to, file->smallest) != 0) {
                abort();
            }
            for (size_t i = 0; i < file->count; i++) {
                copy(from, to, file->ranges[i].from, file->ranges[i].to);
            }
        }
        if (real_ftruncate(to, st.st_size) != 0) {
            abort();
        }
        file->count = 0;
        file->smallest = -1;
    }
    if (to >= 0) {
        close(to);
    }
    if (from >= 0) {
        close(from);
    }
    pthread_mutex_unlock(&lock);
}

static int sync_file(int fd) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) {
        return 0;
    }
    if (is_asked_for("fail-sync")) {
        errno = EIO;
        return -1;
    }
    if (is_asked_for("no-permission")) {
        errno = EACCES;
        return -1;
    }
    if (delay) {
        usleep(delay);
    }
    advance(fd, path);
    return 0;
}

int fsync(int fd) {
    return sync_file(fd);
}

int fdatasync(int fd) {
    return sync_file(fd);
}

static ssize_t write_at(int fd, const void *from, size_t size, off_t at) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) {
        return real_pwrite(fd, from, size, at);
    }
    if (is_asked_for("fail-write")) {
        errno = ENOSPC;
        return -1;
    }
    if (is_denied()) {
        return -1;
    }
    pthread_mutex_lock(&lock);
    ssize_t n = real_pwrite(fd, from, size, at);
    if (n > 0) {
        remember(find(path), at, at + n);
    }
    pthread_mutex_unlock(&lock);
    return n;
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
    return write_at(fd, from, size, at);
}

ssize_t pwrite64(int fd, const void *from, size_t size, off_t at) {
    return write_at(fd, from, size, at);
}

ssize_t write(int fd, const void *from, size_t size) {
    char path[PATH_MAX];
    if (!real_write || !directory || !path_of(fd, path)) {
        return real_write(fd, from, size);
    }
    pthread_mutex_lock(&lock);
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t n = real_write(fd, from, size);
    if (n > 0) {
        remember(find(path), at, at + n);
    }
    pthread_mutex_unlock(&lock);
    return n;
}

static int cut(int fd, off_t size) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) {
        return real_ftruncate(fd, size);
    }
    if (is_denied()) {
        return -1;
    }
    pthread_mutex_lock(&lock);
    int result = real_ftruncate(fd, size);
    if (result == 0) {
        struct tracked *file = find(path);
        if (file->smallest < 0 || size < file->smallest) {
            file->smallest = size;
        }
    }
    pthread_mutex_unlock(&lock);
    return result;
}

int ftruncate(int fd, off_t size) {
    return cut(fd, size);
}

int ftruncate64(int fd, off_t size) {
    return cut(fd, size);
}

int unlink(const char *path) {
    if (is_watched(path) && is_denied()) {
        return -1;
    }
    if (is_watched(path)) {
        char shadow[PATH_MAX];
        snprintf(shadow, sizeof shadow, "%s.shadow", path);
        pthread_mutex_lock(&lock);
        struct tracked *file = find(path);
        file->count = 0;
        file->smallest = -1;
        pthread_mutex_unlock(&lock);
        real_unlink(shadow);
    }
    return real_unlink(path);
}
