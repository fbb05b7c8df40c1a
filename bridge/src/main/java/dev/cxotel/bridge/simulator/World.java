package dev.cxotel.bridge.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Who works where, and with what: the standing part of a contact centre. Names are invented. */
record World(String businessUnit, String cluster, List<Skill> skills, List<Agent> agents, List<Script> scripts) {

    /** A queue that callers end in. */
    record Skill(int id, String name, String poc, Script script) {}

    /** Somebody who takes calls, and the machine they take them on. */
    record Agent(int id, String name, int teamId, String teamName, Site site, Machine machine) {}

    /**
     * Where an agent sits.
     *
     * @param rtt round trip to the media servers, ms
     * @param jitter ms
     * @param loss percent
     */
    record Site(String country, String city, String isp, double rtt, double jitter, double loss) {}

    /** An agent's computer. */
    record Machine(
            String os, String osVersion, String browser, String connectionType, String transport, String console) {}

    /** A Studio script. */
    record Script(String id, String name, List<Action> actions) {}

    /**
     * An action that calls an API.
     *
     * @param seconds its median response time
     * @param failing the share of calls that end badly
     */
    record Action(int id, String name, String label, String endpoint, double seconds, double failing) {}

    static final String LOSSY_ISP = "Fenland Broadband";
    static final String SLOW_HOST = "crm.example.com";
    static final String FAILING_SCRIPT = "ivr\\Payments_v4";

    private static final List<Site> SITES = List.of(
            new Site("United States", "Denver", "Front Range Fiber", 38, 4, 0.05),
            new Site("United States", "Tampa", "Gulf Cable", 52, 9, 0.3),
            new Site("England", "London", "London Speed", 95, 7, 0.15),
            new Site("United Kingdom", "Ely", LOSSY_ISP, 110, 14, 0.6),
            new Site("Philippines", "Quezon City", "Luzon Telecom", 210, 18, 0.8),
            new Site("Deutschland", "München", "Isar Netz", 105, 6, 0.1),
            new Site("India", "Pune", "Deccan Online", 235, 21, 0.9),
            new Site("México", "Monterrey", "Norte Móvil", 80, 16, 0.5));

    private static final List<Machine> MACHINES = List.of(
            new Machine("Windows", "10", "Chrome", "TURN", "udp", "MAX"),
            new Machine("Windows", "11", "Chrome", "direct", "udp", "CXone Agent"),
            new Machine("Windows", "11", "Edge", "relay", "tcp", "CXone Agent"),
            new Machine("Mac OS", "15.6", "Chrome", "direct", "udp", "CXone Agent"),
            new Machine("Windows", "10", "Firefox", "TURN", "tls", "MAX"));

    private static final List<String> FIRST = List.of(
            "Ada", "Bruno", "Chidi", "Dagny", "Élodie", "Farid", "Grace", "Hiro", "Inés", "Jürgen", "Kofi", "Léa");
    private static final List<String> LAST =
            List.of("Okafor", "Müller", "Santos", "O'Neill", "Nguyễn", "Haddad", "Sørensen", "Rossi", "Novák", "Silva");
    private static final List<String> TEAMS = List.of("Mysteries", "North", "South", "Night Watch", "Retention");

    static World of(RandomGenerator random) {
        List<Script> scripts = studioScripts();
        List<String> names = List.of(
                "Billing",
                "Mysteries Report",
                "Technical Support",
                "Sales",
                "Cancellations",
                "Español",
                "VIP",
                "Returns");
        List<Skill> skills = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String poc = names.get(i).replace(" ", "") + "Line";
            skills.add(new Skill(4 + i, names.get(i), poc, scripts.get(i % scripts.size())));
        }
        List<Agent> agents = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int team = random.nextInt(TEAMS.size());
            agents.add(new Agent(
                    1174 + i,
                    pick(FIRST, random) + " " + pick(LAST, random),
                    1010 + team,
                    TEAMS.get(team),
                    pick(SITES, random),
                    pick(MACHINES, random)));
        }
        return new World("4600000", "L69", List.copyOf(skills), List.copyOf(agents), scripts);
    }

    /** The first of {@code all} is the likeliest: with weights 1, 1/2, 1/3, …. */
    static <T> T pickByRank(List<T> all, RandomGenerator random) {
        double total = 0;
        for (int rank = 1; rank <= all.size(); rank++) {
            total += 1.0 / rank;
        }
        double left = random.nextDouble(total);
        for (int rank = 1; rank < all.size(); rank++) {
            left -= 1.0 / rank;
            if (left < 0) {
                return all.get(rank - 1);
            }
        }
        return all.getLast();
    }

    static <T> T pick(List<T> all, RandomGenerator random) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<Script> studioScripts() {
        Action customer = new Action(
                12,
                "REST_API",
                "Find customer by phone",
                "https://" + SLOW_HOST + "/v2/customers?phone=%2B15550100",
                0.18,
                0.01);
        Action order = new Action(
                27, "REST_API", "Read open orders", "https://orders.example.com/api/orders/open", 0.35, 0.02);
        Action pay = new Action(
                31, "Snippet", "Take payment", "https://pay.example.com:8443/charge?token=tok_test", 0.9, 0.03);
        Action webService =
                new Action(40, "Snippet", "Do RESTful web service API call", "https://callbackurl.com", 0.25, 0.01);
        Action holiday = new Action(
                51, "REST_API", "Is today a holiday", "https://calendar.example.com/holidays/today", 0.05, 0.005);
        Action survey =
                new Action(63, "REST_API", "Store survey answer", "https://survey.example.com/answers", 0.12, 0.02);
        return List.of(
                new Script("130000000", "ivr\\Main_Menu", List.of(holiday, customer)),
                new Script("130000001/17", FAILING_SCRIPT, List.of(customer, pay)),
                new Script("130000002", "sub_webservice", List.of(webService)),
                new Script("130000003/4", "ivr\\Order_Status", List.of(customer, order)),
                new Script("130000004", "Survey (Español)", List.of(survey)));
    }
}
