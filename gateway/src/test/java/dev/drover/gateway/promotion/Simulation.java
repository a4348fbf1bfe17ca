package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.cluster.Fault;
import dev.drover.gateway.cluster.HintFault;
import dev.drover.gateway.cluster.NomadCluster;
import dev.drover.gateway.cluster.SimulatedNomad;
import dev.drover.gateway.cluster.SimulatedTime;
import dev.drover.gateway.cluster.Submission;
import dev.drover.gateway.cluster.TestJobs;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.store.TestStore;
import dev.drover.v1.LaneMode;
import dev.drover.v1.Promotion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One seed: gateways that die, stall and fight for the same lanes, people who ask for anything, a
 * Nomad that gets lost, software that fails, clocks that jump. Then everything heals, and has to
 * come to an end. One random sequence decides all of it, on one thread, so a seed is a story.
 */
final class Simulation implements AutoCloseable {
    private static final int STEPS = 120;
    private static final int PROMOTIONS_MAX = 10;
    private static final int TOLD_MAX = 400;
    private static final List<LaneMode> MODES =
            List.of(LaneMode.FIFO, LaneMode.LATEST_WINS, LaneMode.HOLD);

    /** Asked for so seldom that they would hardly ever meet a fault as others do. */
    private static final Set<String> RARE = Set.of("register", "restart");

    private static final Set<String> CHANGES =
            Set.of("register", "stop", "promote", "pause", "fail");
    private static final List<String> FILLED_BY =
            List.of("BEGIN IMMEDIATE", "insert", "update", "COMMIT");
    private static final Duration HEALING_MAX = Duration.ofHours(2);
    private static final int HEALING_STEPS_MAX = 20_000;
    private static final Duration DECIDES_EVERY = Duration.ofSeconds(7);
    private static final Duration SHORTEST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final FaultsHeard ear;
    private final Random random;
    private final SimulatedTime time = new SimulatedTime();
    private final SimulatedNomad nomad = new SimulatedNomad(time);
    private final PromotionLab lab;
    private final WorkLedger ledger;
    private final SimulationChecks checks;
    private final SimulatedReleases releases;
    private final SimulatedPeople people;
    private final List<SimulatedGateway> gateways = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final Happened happened = new Happened();
    private final TestStore files;
    private Instant leaderAt = Instant.EPOCH;
    private Instant lagsUntil = Instant.EPOCH;
    private boolean full;
    private boolean faults = true;
    private boolean undisturbed;
    private int depth;
    private int policies;

    Simulation(TestStore files, long seed, FaultsHeard ear) {
        this.ear = ear;
        this.files = files;
        this.random = new Random(seed);
        String project = "projects/seed" + seed;
        this.lab =
                new PromotionLab(
                        new PromotionLab.Shared(files, project),
                        name -> (NomadCluster) nomad,
                        time,
                        EngineLimits.DEFAULT);
        nomad.createNamespace("staging");
        nomad.createNamespace("prod");
        nomad.workloads((job, group) -> SimulatedReleases.workload(job));
        this.releases = new SimulatedReleases(lab.nouns(), random);
        laneMode("staging");
        lab.outbound(request -> releases.answer(faults));
        this.people = new SimulatedPeople(this::call, lab.nouns(), random, happened::note);
        this.ledger = new WorkLedger(files.store(), happened::note);
        int most = random.nextInt(1, 4);
        lab.nouns().clusterRuns(most);
        this.checks =
                new SimulationChecks(
                        lab, nomad, ledger, new SimulationChecks.Notes(this::tell, happened), most);
        nomad.faults().always(this::fault);
        nomad.hints().faults(hint -> hintFault());
        join();
        if (random.nextInt(4) > 0) {
            join();
        }
    }

    void run() {
        if (random.nextInt(3) > 0) {
            calm();
        }
        for (int i = 0; i < STEPS; i++) {
            act();
            check();
        }
        heal();
        assertEverythingEnds();
    }

    /** Most seeds begin with something that ran before: there is little to do about nothing. */
    private void calm() {
        faults = false;
        String environment = lab.nouns().environment("staging");
        String release = releases.some(true);
        tell(people.promote(release, environment) + ": " + release + " to " + environment);
        assertEverythingEnds();
        faults = true;
    }

    /** What happened, for whoever looks at a failure. */
    String story() {
        int from = Math.max(0, story.size() - TOLD_MAX);
        return String.join("\n", story.subList(from, story.size()));
    }

    /** What happened how often, for whoever wants to know what the simulation proves. */
    Happened happened() {
        return happened;
    }

    @Override
    public void close() {
        files.makeRoom();
        gateways.forEach(SimulatedGateway::close);
    }

    private void act() {
        int dice = random.nextInt(100);
        if (dice < 64) {
            work();
        } else if (dice < 76) {
            pass();
        } else if (dice < 83) {
            promote();
        } else if (dice < 93) {
            person();
        } else {
            around();
        }
    }

    /** Some gateway does something of what it has to do. */
    private void work() {
        List<SimulatedGateway> awake = gateways.stream().filter(SimulatedGateway::awake).toList();
        if (awake.isEmpty()) {
            pass();
            return;
        }
        SimulatedGateway gateway = awake.get(random.nextInt(awake.size()));
        List<SimulatedGateway.Seat> due = gateway.due();
        if (gateway.turnDue() && random.nextInt(3) > 0) {
            alive(gateway, gateway::turn);
        } else if (!due.isEmpty()) {
            alive(gateway, due.get(random.nextInt(due.size()))::step);
        } else if (random.nextInt(4) == 0) {
            // A hint that was late or repeated.
            gateway.any(random).ifPresent(seat -> alive(gateway, seat::step));
        } else {
            time.advance(untilNext());
        }
    }

    /** What the gateway does, unless it dies of it. */
    private void alive(SimulatedGateway gateway, Runnable deed) {
        try {
            deed.run();
        } catch (Fate.Crash crash) {
            replace(gateway);
        }
    }

    private void replace(SimulatedGateway gateway) {
        if (gateways.remove(gateway)) {
            tell("crash of " + gateway.owner());
            gateway.close();
            join();
        }
    }

    private void join() {
        SimulatedGateway gateway =
                new SimulatedGateway(
                        lab.nextOwner(),
                        time,
                        self -> {
                            Fate fate = (moment, deed) -> befall(self, moment, deed);
                            FaultyStore store =
                                    new FaultyStore(lab.files().store(), self, fate, ledger);
                            NomadCluster its = FaultyNomad.over(nomad, fate);
                            return lab.promotions(
                                    new PromotionLab.Gateway(store, store, name -> its, self::now));
                        });
        gateways.add(gateway);
    }

    /** Between any two deeds of a gateway: it dies, its call gets lost, or others are faster. */
    private void befall(SimulatedGateway gateway, Fate.Moment moment, String deed) {
        if (!faults) {
            return;
        }
        boolean store = Set.of("commit", "claim", "heartbeat").contains(deed);
        int dice = random.nextInt(store || RARE.contains(deed) ? 40 : 120);
        if (dice == 0) {
            happened.note("crash " + moment + " " + deed);
            tell(gateway.owner() + " dies " + moment + " " + deed);
            throw new Fate.Crash();
        }
        if (dice == 1 && store) {
            tell(gateway.owner() + " loses the store " + moment + " " + deed);
            throw new GatewayException(
                    Reason.STORE_UNAVAILABLE, "the disk is slow", ErrorDetails.NONE);
        }
        if (dice < 5 && depth == 0) {
            meanwhile(gateway, deed);
        }
        if (gateway.dead()) {
            throw new Fate.Crash();
        }
    }

    /** Others go on while this one stands between two deeds, perhaps for long. */
    private void meanwhile(SimulatedGateway gateway, String deed) {
        depth++;
        try {
            if (random.nextInt(3) == 0) {
                happened.note("stall");
                tell(gateway.owner() + " stalls at " + deed);
                gateway.stall(Duration.ofSeconds(60));
                time.advance(Duration.ofSeconds(random.nextInt(20, 50)));
                for (int i = 0; i < 8; i++) {
                    work();
                }
                gateway.wake();
            } else if (deed.equals("commit") && random.nextBoolean()) {
                race(gateway);
            } else {
                int acts = random.nextInt(1, 4);
                for (int i = 0; i < acts; i++) {
                    act();
                }
            }
        } finally {
            depth--;
        }
    }

    /** Somebody asks something of the very promotion that a step is about. */
    private void race(SimulatedGateway gateway) {
        gateway.working()
                .flatMap(claim -> new PromotionStore(lab.files().store()).promotion(claim.item()))
                .ifPresent(one ->
                        tell(
                                "meanwhile "
                                        + Names.id(one.getName())
                                        + ": "
                                        + people.act(read(one))));
    }

    private void pass() {
        time.advance(
                switch (random.nextInt(12)) {
                    case 0 -> Duration.ofMinutes(random.nextInt(1, 20));
                    case 1, 2 -> Duration.ofSeconds(random.nextInt(1, 60));
                    default -> Duration.ofMillis(random.nextInt(10, 1500));
                });
    }

    private void promote() {
        if (checks.promotions().size() < PROMOTIONS_MAX) {
            boolean prod = random.nextInt(5) < 2;
            String environment = lab.nouns().environment(prod ? "prod" : "staging");
            List<String> proven = prod ? checks.succeeded("staging") : List.of();
            if (full && !releases.any()) {
                return;
            }
            String release =
                    proven.isEmpty() || random.nextInt(8) == 0
                            ? releases.some(!full)
                            : proven.get(random.nextInt(proven.size()));
            tell(people.promote(release, environment) + ": " + release + " to " + environment);
        }
    }

    /** The promotion as somebody reads it now, with its etag. */
    private Promotion read(Promotion one) {
        Loaded loaded = new PromotionStore(lab.files().store()).load(one.getName()).orElseThrow();
        return loaded.promotion().toBuilder().setEtag(loaded.etag()).build();
    }

    private void person() {
        List<Promotion> all = checks.promotions();
        if (!all.isEmpty()) {
            Promotion one = all.get(random.nextInt(all.size()));
            tell(Names.id(one.getName()) + ": " + people.act(read(one)));
        }
    }

    private Optional<Message> call(String method, Principal caller, Message request) {
        List<SimulatedGateway> awake = gateways.stream().filter(SimulatedGateway::awake).toList();
        if (awake.isEmpty()) {
            return Optional.empty();
        }
        SimulatedGateway gateway = awake.get(random.nextInt(awake.size()));
        try {
            return Optional.of(gateway.call(method, caller, request));
        } catch (Fate.Crash crash) {
            replace(gateway);
            return Optional.empty();
        } catch (GatewayException refused) {
            if (refused.reason() == Reason.STORE_UNAVAILABLE) {
                if (full) {
                    happened.note("call refused by a full disk");
                }
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** What neither people nor gateways do. */
    private void around() {
        switch (random.nextInt(13)) {
            case 0, 1 -> {
                policies++;
                int count = random.nextInt(3);
                declare(() -> lab.nouns().approvals(count, "owners", policies));
            }
            case 2 -> declare(() -> laneMode(random.nextBoolean() ? "prod" : "staging"));
            case 9, 10 -> lag();
            case 11 -> fillDisk();
            case 3, 8 -> stranger();
            case 4 -> {
                SimulatedGateway one = gateways.get(random.nextInt(gateways.size()));
                Duration skew = Duration.ofSeconds(random.nextInt(-600, 600));
                happened.note(skew.isNegative() ? "clock back" : "clock forth");
                tell("the clock of " + one.owner() + " is off by " + skew);
                one.jump(skew);
                // Its waits end early by as much: it no longer gives a server that lags its time.
                checks.mayBeMistaken();
            }
            case 5 -> {
                Duration outage = Duration.ofSeconds(random.nextInt(1, 30));
                happened.note("leader loss");
                tell("no leader for " + outage);
                leaderAt = time.instant().plus(outage);
                nomad.hints().interrupt(outage);
            }
            case 6 -> gateways.get(random.nextInt(gateways.size())).stall(Duration.ofSeconds(20));
            default -> {
                if (gateways.size() < 3) {
                    join();
                } else {
                    replace(gateways.getFirst());
                }
            }
        }
    }

    /** Whoever edits the baseline hears of a full disk, and leaves it at that. */
    private void declare(Runnable edit) {
        if (full) {
            happened.note("edit refused by a full disk");
        } else {
            edit.run();
        }
    }

    /** One of Nomad's servers goes on telling of what was, for less than a minute. */
    private void lag() {
        Duration lag = Duration.ofSeconds(random.nextInt(1, 40));
        happened.note("lag");
        tell("a server lags for " + lag);
        nomad.lag();
        lagsUntil = time.instant().plus(lag);
    }

    private boolean lags() {
        return time.instant().isBefore(lagsUntil);
    }

    private void fillDisk() {
        if (!full) {
            Duration without = Duration.ofSeconds(random.nextInt(1, 120));
            String statement = FILLED_BY.get(random.nextInt(FILLED_BY.size()));
            happened.note("disk full");
            tell("the disk is full for " + without + ", which shows at " + statement);
            full = true;
            files.fillDisk(statement);
            time.after(without, this::makeRoom);
        }
    }

    private void makeRoom() {
        if (full) {
            full = false;
            files.makeRoom();
            tell("the disk has room");
        }
    }

    private void laneMode(String environment) {
        LaneMode mode = MODES.get(random.nextInt(MODES.size()));
        lab.nouns().environment(environment, one -> one.setLaneMode(mode));
        tell("lanes of " + environment + " are " + mode);
    }

    /** Jobs that somebody touches by hand. */
    private void stranger() {
        String namespace = random.nextBoolean() ? "staging" : "prod";
        List<String> jobs = releases.jobs();
        String job = jobs.get(random.nextInt(jobs.size()));
        int what = random.nextInt(4);
        undisturbed(() ->
                nomad.job(namespace, job)
                        .filter(present -> present.type().equals("service"))
                        .ifPresent(present -> {
                            tell(
                                    "somebody meddles (%d) with %s/%s"
                                            .formatted(what, namespace, job));
                            if (what == 0) {
                                boolean purge = random.nextInt(4) == 0;
                                nomad.stop(namespace, job, purge);
                                checks.strangerStopped(namespace, job, purge);
                                return;
                            }
                            ObjectNode spec =
                                    TestJobs.service(job)
                                            .release("by hand " + random.nextInt())
                                            .json();
                            nomad.register(
                                    namespace, spec, present.indexes().spec(), Submission.NONE);
                            checks.strangerRegistered(namespace, job);
                        }));
    }

    private Fault fault(String call) {
        if (!faults || undisturbed) {
            return Fault.NONE;
        }
        if (time.instant().isBefore(leaderAt)) {
            return Fault.REFUSED;
        }
        Fault fault =
                switch (random.nextInt(RARE.contains(call) ? 40 : 120)) {
                    case 0, 1 -> Fault.REFUSED;
                    case 2, 3 -> Fault.LOST_REQUEST;
                    case 4, 5, 6 -> Fault.LOST_REPLY;
                    case 7 -> Fault.LATE;
                    case 8 -> Fault.REPEATED;
                    default -> lags() && random.nextBoolean() ? Fault.STALE : Fault.NONE;
                };
        if (fault == Fault.LATE && CHANGES.contains(call)) {
            // What is carried out when nobody wants it any more is somebody else's to the next.
            checks.mayBeMistaken();
        }
        if (call.equals("restart") && (fault == Fault.REPEATED || fault == Fault.LATE || lags())) {
            checks.restartMayRepeat();
        }
        if (fault != Fault.NONE) {
            happened.note(fault + " " + call);
            tell(fault + " " + call);
        }
        return fault;
    }

    private HintFault hintFault() {
        return switch (random.nextInt(5)) {
            case 0 -> HintFault.LOST;
            case 1 ->
                    new HintFault(
                            List.of(
                                    Duration.ofMillis(random.nextInt(5000)),
                                    Duration.ofMillis(random.nextInt(60_000))));
            default -> HintFault.NONE;
        };
    }

    private void heal() {
        faults = false;
        makeRoom();
        gateways.forEach(SimulatedGateway::wake);
        gateways.forEach(gateway -> gateway.jump(Duration.ZERO));
        lab.nouns().approvals(1, "owners", ++policies);
        tell("healed");
    }

    private void assertEverythingEnds() {
        Instant end = time.instant().plus(HEALING_MAX);
        Instant decideAt = Instant.EPOCH;
        for (int i = 0; i < HEALING_STEPS_MAX && time.instant().isBefore(end); i++) {
            List<Promotion> open =
                    checks.promotions().stream()
                            .filter(one -> !PromotionStates.ended(one))
                            .toList();
            if (open.isEmpty() && ledger.open().isEmpty()) {
                check();
                checks.checkEnd();
                return;
            }
            if (!decideAt.isAfter(time.instant())) {
                open.forEach(one -> people.decide(read(one)));
                decideAt = time.instant().plus(DECIDES_EVERY);
            }
            for (SimulatedGateway gateway : gateways) {
                if (gateway.turnDue()) {
                    gateway.turn();
                }
                gateway.due().forEach(SimulatedGateway.Seat::step);
            }
            check();
            time.advance(untilNext());
        }
        throw new AssertionError(
                "not everything came to an end: "
                        + ledger.open()
                        + checks.promotions().stream()
                                .filter(one -> !PromotionStates.ended(one))
                                .map(one ->
                                        one.getName()
                                                + " "
                                                + one.getState()
                                                + " "
                                                + one.getStateMessage())
                                .toList());
    }

    private void check() {
        if (ledger.changed()) {
            undisturbed(checks::check);
        }
        assertThat(ear.take()).as("faults of Drover").isEmpty();
    }

    private void undisturbed(Runnable body) {
        boolean before = undisturbed;
        undisturbed = true;
        try {
            body.run();
        } finally {
            undisturbed = before;
        }
    }

    private Duration untilNext() {
        Duration left =
                gateways.stream()
                        .map(SimulatedGateway::next)
                        .min(Comparator.naturalOrder())
                        .map(next -> Duration.between(time.instant(), next))
                        .orElse(LONGEST);
        if (left.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return left.compareTo(LONGEST) < 0 ? left : LONGEST;
    }

    private void tell(String what) {
        story.add(time.instant() + " " + what);
    }
}
