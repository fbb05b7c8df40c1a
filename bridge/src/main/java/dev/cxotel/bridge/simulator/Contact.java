package dev.cxotel.bridge.simulator;

import java.time.Instant;

/** One call from a customer, as far as both feeds share it. */
record Contact(
        long id, long masterId, World.Skill skill, World.Agent agent, Instant start, Instant end, BadMoment moment) {}
