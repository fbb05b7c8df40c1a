package dev.cxotel.bridge.simulator;

import dev.cxotel.bridge.simulator.World.Agent;
import dev.cxotel.bridge.simulator.World.Machine;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One voice-quality record: the 48 fields in the order and with the JSON types of NICE's example
 * (help.incontact.com/Content/Partners/Subscriptions/MGSubscriptions.htm), and what is true of it.
 */
record LegRecord(Map<String, @Nullable Object> fields, Fact.Leg fact) {

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The customer's side, measured by the session border controller: no browser, no round trip, no bit rate. */
    static LegRecord customer(Contact contact, World world, RandomGenerator random) {
        MediaQuality quality = MediaQuality.ofCarrier(random);
        boolean refused = random.nextDouble() < 0.01;
        Map<String, @Nullable Object> fields = head(contact, world, "SBC EXMS");
        fields.put("From", "+1555" + (1_000_000 + random.nextInt(9_000_000)));
        fields.put("To", "+18005550142");
        fields.put("Direction", random.nextBoolean() ? "inbound" : "Inbound");
        return body(fields, contact, world, quality, refused ? 503 : 200, Optional.empty(), random);
    }

    /** The agent's side, measured in the browser. */
    static LegRecord agent(Contact contact, World world, RandomGenerator random) {
        Agent agent = contact.agent();
        boolean lossy =
                contact.moment() == BadMoment.LOSSY_ISP && agent.site().isp().equals(World.LOSSY_ISP);
        MediaQuality quality = MediaQuality.ofSite(agent.site(), agent.machine(), lossy, random);
        Map<String, @Nullable Object> fields = head(contact, world, "WebRTC");
        fields.put("From", "+18005550142");
        fields.put("To", String.valueOf(agent.id()));
        fields.put("Direction", null);
        return body(fields, contact, world, quality, 0, Optional.of(agent), random);
    }

    private static Map<String, @Nullable Object> head(Contact contact, World world, String dataSource) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("ContactId", contact.id());
        fields.put("DataSource", dataSource);
        fields.put("MasterContactId", contact.masterId());
        fields.put("BusinessUnit", Long.valueOf(world.businessUnit()));
        fields.put("SkillId", contact.skill().id());
        fields.put("SkillName", contact.skill().name());
        fields.put("TeamId", contact.agent().teamId());
        fields.put("TeamName", contact.agent().teamName());
        fields.put("AgentId", contact.agent().id());
        fields.put("Agent", contact.agent().name());
        fields.put("DbKey", null);
        fields.put("StartDateTime", iso(contact.start()));
        fields.put("EndDateTime", iso(contact.end()));
        return fields;
    }

    private static LegRecord body(
            Map<String, @Nullable Object> fields,
            Contact contact,
            World world,
            MediaQuality quality,
            int sipCode,
            Optional<Agent> web,
            RandomGenerator random) {
        quality.putMeasured(fields);
        fields.put("Poc", contact.skill().poc());
        fields.put("LineType", web.isPresent() ? "webRTC" : "PSTN");
        fields.put("DisconnectReason", "1");
        fields.put("Disposition", random.nextInt(4) == 0 ? "Call back" : "Very Mysterious");
        fields.put(
                "Callduration", Duration.between(contact.start(), contact.end()).toSeconds());
        fields.put("Ringtime", null);
        fields.put("Disconnecttime", null);
        fields.put("Cluster", world.cluster());
        fields.put("SipResponseCode", sipCode == 0 ? null : sipCode);
        fields.put("SipFailureCode", sipCode >= 400 ? sipCode : null);
        fields.put("SipIsDroppedCode", null);
        fields.put("SipAbandonedByOriginator", null);
        quality.putTransport(fields);
        fields.put("IspProvider", web.map(agent -> agent.site().isp()).orElse(null));
        fields.put("CallSetupTime", web.isPresent() ? (double) (350 + random.nextInt(1200)) : null);
        Optional<Machine> machine = web.map(Agent::machine);
        fields.put("OperatingSystem", machine.map(Machine::os).orElse(null));
        fields.put("OsVersion", machine.map(Machine::osVersion).orElse(null));
        fields.put("LocationCountry", web.map(agent -> agent.site().country()).orElse(null));
        fields.put("LocationCity", web.map(agent -> agent.site().city()).orElse(null));
        fields.put("SdkVersion", web.isPresent() ? "1.30.9" : null);
        fields.put("Browser", machine.map(Machine::browser).orElse(null));
        fields.put("ConnectionType", machine.map(Machine::connectionType).orElse(null));
        fields.put("MediaTransport", machine.map(Machine::transport).orElse(null));
        fields.put("AgentConsoleType", machine.map(Machine::console).orElse(null));
        fields.put("AgentConsoleVersion", web.isPresent() ? "24.2" : null);
        fields.put("spearlineAnalysis", null);
        Optional<String> error = sipCode >= 400 ? Optional.of("sip_" + sipCode) : Optional.empty();
        return new LegRecord(
                fields, quality.fact(contact.masterId(), contact.skill().name(), error, fields));
    }

    private static String iso(Instant instant) {
        return ISO.format(instant);
    }
}
