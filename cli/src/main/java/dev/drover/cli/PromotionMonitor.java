package dev.drover.cli;

import com.google.protobuf.util.Timestamps;
import dev.drover.v1.Approval;
import dev.drover.v1.GetPromotionRequest;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.WatchPromotionsRequest;
import dev.drover.v1.WatchPromotionsResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Follows one promotion and tells every change in a line, until it ends or waits for somebody. */
final class PromotionMonitor {
    private static final Set<Promotion.State> STOPS =
            EnumSet.of(
                    Promotion.State.BLOCKED,
                    Promotion.State.PENDING_APPROVAL,
                    Promotion.State.SUCCEEDED,
                    Promotion.State.FAILED,
                    Promotion.State.ROLLED_BACK,
                    Promotion.State.HELD,
                    Promotion.State.REJECTED,
                    Promotion.State.CANCELLED,
                    Promotion.State.SUPERSEDED,
                    Promotion.State.EXPIRED);

    /**
     * How often a lost connection is tried again: a gateway that restarts needs a second or two.
     */
    private static final int RECONNECTS = 30;

    private final Connection gateway;
    private final Output output;
    private final GatewayTime time = new GatewayTime(System::nanoTime);
    private final TimeLeft left = new TimeLeft(time);
    private final PromotionText text;
    private final Countdown countdown;
    private final Map<String, String> phases = new HashMap<>();
    private final Set<String> hints = new HashSet<>();
    private String told = "";
    private String since = "";
    private boolean heard;

    PromotionMonitor(Connection gateway, Output output) {
        this.gateway = gateway;
        this.output = output;
        this.text = new PromotionText(output, left);
        this.countdown = new Countdown(output, new LiveText(time));
    }

    /** Tells what was asked for and, unless detached, follows it. */
    ExitCode follow(Promotion promotion, boolean detach) {
        if (detach) {
            if (output.json()) {
                output.print(promotion);
            } else {
                output.line("Requested " + promotion.getName() + "; follow it:");
                output.line("    drover follow " + promotion.getName());
            }
            return ExitCode.DONE;
        }
        text.say("==> " + PromotionText.asked(promotion) + " as " + Names.id(promotion.getName()));
        return follow(promotion.getName());
    }

    /** Tells what would happen. */
    ExitCode rehearsed(Promotion promotion) {
        if (output.json()) {
            output.print(promotion);
        } else {
            if (promotion.getKind() == Promotion.Kind.ROLLBACK) {
                text.say("It would bring back " + Names.shortRelease(promotion.getRelease()) + ".");
            }
            text.say(
                    "It would be "
                            + PromotionText.state(
                                    promotion.getState(),
                                    promotion.getDecision(),
                                    promotion.getStateMessage()));
            text.plan(promotion);
        }
        return ExitCode.of(promotion.getState());
    }

    /** Follows by name; used again after an approval or an advance, or to come back. */
    ExitCode follow(String name) {
        Promotion last = watch(name);
        if (output.json()) {
            output.print(last);
        } else {
            text.outcome(last);
        }
        return PersonText.waitsForOne(last) ? ExitCode.WAITING : ExitCode.of(last.getState());
    }

    /**
     * For a promotion that goes on after somebody acted: tells nothing of what was before, and does
     * not stop at the state that the act found.
     */
    PromotionMonitor after(Promotion before, Promotion acted) {
        told = line(before);
        before.getRollout()
                .getPhasesList()
                .forEach(phase -> phases.put(key(phase), text.phase(phase)));
        since = acted.getEtag();
        return this;
    }

    // Whoever interrupts the monitor may think that the promotion stops; say that it does not.
    private Promotion watch(String name) {
        AtomicBoolean following = new AtomicBoolean(true);
        // Never taken back: that fails where the process is already going down.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    if (following.get()) {
                                        farewell(name);
                                    }
                                },
                                "farewell"));
        countdown.start();
        try {
            return watchOrReconnect(name);
        } finally {
            countdown.close();
            following.set(false);
        }
    }

    private void farewell(String name) {
        countdown.close();
        output.note("Detached; the promotion goes on by itself. Come back to it, or stop it:");
        output.note("    drover follow " + name);
        output.note("    drover cancel " + name + " --reason TEXT");
    }

    private Promotion watchOrReconnect(String name) {
        for (int attempt = 0; ; attempt++) {
            heard = false;
            try {
                return watchOnce(name);
            } catch (StatusRuntimeException lost) {
                // Each loss has its own attempts: a promotion may be followed for days.
                attempt = heard ? 0 : attempt;
                if (lost.getStatus().getCode() != Status.Code.UNAVAILABLE
                        || attempt == RECONNECTS) {
                    throw lost;
                }
                if (attempt == 0) {
                    countdown.forget();
                    text.say(
                            "    lost the gateway at "
                                    + gateway.address()
                                    + "; trying again (the promotion goes on without us)");
                }
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private Promotion watchOnce(String name) {
        Promotion now = get(name);
        Iterator<WatchPromotionsResponse> changes =
                gateway.streaming(PromotionServiceGrpc::newBlockingStub)
                        .watchPromotions(
                                WatchPromotionsRequest.newBuilder()
                                        .setParent(Names.projectOf(name))
                                        .setFilter("name = \"" + name + "\"")
                                        .build());
        // The first heartbeat tells the gateway's time, without which nobody knows what is left.
        boolean timed = false;
        while (changes.hasNext()) {
            WatchPromotionsResponse change = changes.next();
            switch (change.getEventCase()) {
                case PROMOTION -> now = change.getPromotion();
                case GAP -> now = get(name);
                case HEARTBEAT -> {
                    timed = true;
                    time.told(change.getHeartbeat().getTime());
                }
                default -> {}
            }
            if (timed) {
                tell(now);
                if (stops(now)) {
                    return now;
                }
            }
        }
        throw Status.UNAVAILABLE
                .withDescription("the gateway ended the stream")
                .asRuntimeException();
    }

    private Promotion get(String name) {
        return gateway.calling(PromotionServiceGrpc::newBlockingStub)
                .getPromotion(GetPromotionRequest.newBuilder().setName(name).build());
    }

    // A rolled back promotion passes through FAILED only when nothing follows; a canary that waits
    // for a person stops too.
    private boolean stops(Promotion promotion) {
        if (promotion.getEtag().equals(since) || approvedSinceJudged(promotion)) {
            return false;
        }
        return STOPS.contains(promotion.getState()) || PersonText.waitsForOne(promotion);
    }

    /** Somebody approved just now, and the gateway has not looked yet what follows from it. */
    private static boolean approvedSinceJudged(Promotion promotion) {
        return promotion.getState() == Promotion.State.PENDING_APPROVAL
                && promotion.getApprovalsList().stream()
                        .filter(word -> word.getState() == Approval.State.APPROVED)
                        .anyMatch(word ->
                                Timestamps.compare(
                                                word.getCreateTime(),
                                                promotion.getDecision().getEvaluateTime())
                                        > 0);
    }

    private void tell(Promotion promotion) {
        heard = true;
        List<String> news = new ArrayList<>();
        for (Phase phase : promotion.getRollout().getPhasesList()) {
            String now = text.phase(phase);
            if (!now.equals(phases.put(key(phase), now)) && PersonText.worthALine(phase)) {
                news.add("    " + left.in(now));
                PersonText.hints(promotion, phase).stream()
                        .filter(hint -> hints.add(phase.getPlanned().getId() + hint))
                        .forEach(news::add);
            }
        }
        String line = line(promotion);
        if (!line.equals(told)) {
            told = line;
            // What the phases came to is told after them.
            news.add(STOPS.contains(promotion.getState()) ? news.size() : 0, left.in(line));
        }
        countdown.told(promotion, () -> news.forEach(text::say));
    }

    private static String key(Phase phase) {
        return phase.getJob() + "/" + phase.getPlanned().getId();
    }

    // While it runs the phases tell what happens, and where it stops the last words do: the state's
    // message would say it twice.
    private String line(Promotion promotion) {
        String message = promotion.getStateMessage();
        boolean told =
                message.isEmpty()
                        || promotion.getState() == Promotion.State.RUNNING
                        || (!output.json() && STOPS.contains(promotion.getState()));
        return "    " + promotion.getState() + (told ? "" : ": " + message);
    }
}
