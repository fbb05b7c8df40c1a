package dev.cxotel.bridge.volumes;

import java.nio.charset.StandardCharsets;

/**
 * How many different ids were seen in the last slots of time, by group. Exact up to about {@value #MOST} ids; beyond, only
 * those count whose hash falls into a share of all, and each for its share: then the number is right to about 1 %. It takes
 * at most 2 MiB, twice that for a moment while it grows. Safe for any thread.
 */
final class ActiveIds {

    /** The ids that are kept at once. */
    static final int MOST = 1 << 16;

    private static final int LEAST_CAPACITY = 1 << 8;
    private static final int MOST_CAPACITY = 2 * MOST;
    private static final int GROUP_BITS = 20;
    private static final int GROUP_MASK = (1 << GROUP_BITS) - 1;

    private final int window;
    private long[] hashes = new long[LEAST_CAPACITY];
    private int[] slots = new int[LEAST_CAPACITY];

    /** The group, and above it the level at which the id was sampled. */
    private int[] marks = new int[LEAST_CAPACITY];

    private int size;

    /** Only ids whose hash ends in so many zero bits are kept. */
    private int level;

    /** @param window the number of slots that count */
    ActiveIds(int window) {
        this.window = window;
    }

    /** Sees an id of a group, from 0 to about a million, in a slot that is not much before the last one. */
    synchronized void see(String id, int group, int slot) {
        long hash = hash(id, group);
        if (Long.numberOfTrailingZeros(hash) < level) {
            return;
        }
        if (2 * size >= hashes.length) {
            tidy(slot);
            if (Long.numberOfTrailingZeros(hash) < level) {
                return;
            }
        }
        put(hash, slot, level << GROUP_BITS | group);
    }

    /** The number of ids by group. */
    synchronized long[] count(int groups, int slot) {
        long[] counts = new long[groups];
        int kept = 0;
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] != 0 && slots[i] > slot - window) {
                counts[marks[i] & GROUP_MASK] += 1L << (marks[i] >>> GROUP_BITS);
                kept++;
            }
        }
        if (level > 0 && kept < MOST / 8) {
            level--;
        }
        return counts;
    }

    /** The bytes that it holds. */
    synchronized long bytes() {
        return 16L * hashes.length;
    }

    private void put(long hash, int slot, int mark) {
        int mask = hashes.length - 1;
        int at = (int) (hash >>> 32) & mask;
        while (hashes[at] != 0 && hashes[at] != hash) {
            at = (at + 1) & mask;
        }
        if (hashes[at] == 0) {
            hashes[at] = hash;
            slots[at] = slot;
            marks[at] = mark;
            size++;
        } else if (slot >= slots[at]) {
            slots[at] = slot;
            marks[at] = mark;
        }
    }

    /** Forgets what is over, takes a smaller share when there is still too much, and makes room. */
    private void tidy(int slot) {
        int live = live(slot);
        while (live > MOST - MOST / 4) {
            level++;
            live = live(slot);
        }
        long[] oldHashes = hashes;
        int[] oldSlots = slots;
        int[] oldMarks = marks;
        int capacity = Math.clamp(Integer.highestOneBit(Math.max(1, live)) * 8L, LEAST_CAPACITY, MOST_CAPACITY);
        hashes = new long[capacity];
        slots = new int[capacity];
        marks = new int[capacity];
        size = 0;
        for (int i = 0; i < oldHashes.length; i++) {
            if (isKept(oldHashes[i], oldSlots[i], slot)) {
                int sampled = Math.max(level, oldMarks[i] >>> GROUP_BITS);
                put(oldHashes[i], oldSlots[i], sampled << GROUP_BITS | (oldMarks[i] & GROUP_MASK));
            }
        }
    }

    private int live(int slot) {
        int live = 0;
        for (int i = 0; i < hashes.length; i++) {
            live += isKept(hashes[i], slots[i], slot) ? 1 : 0;
        }
        return live;
    }

    private boolean isKept(long hash, int seen, int slot) {
        return hash != 0 && seen > slot - window && Long.numberOfTrailingZeros(hash) >= level;
    }

    /** FNV-1a, and its bits mixed so that all are as good; never 0. */
    private static long hash(String id, int group) {
        long hash = 0xcbf29ce484222325L + group * 0x9e3779b97f4a7c15L;
        for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return hash == 0 ? 1 : hash;
    }
}
