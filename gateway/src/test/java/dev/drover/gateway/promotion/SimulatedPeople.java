package dev.drover.gateway.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.AbortPromotionRequest;
import dev.drover.v1.AccessLevel;
import dev.drover.v1.AdvancePromotionRequest;
import dev.drover.v1.ApprovePromotionRequest;
import dev.drover.v1.CancelPromotionRequest;
import dev.drover.v1.CreatePromotionRequest;
import dev.drover.v1.GroupCount;
import dev.drover.v1.PausePromotionRequest;
import dev.drover.v1.Phase;
import dev.drover.v1.Promotion;
import dev.drover.v1.RejectPromotionRequest;
import dev.drover.v1.RestartApplicationRequest;
import dev.drover.v1.ResumePromotionRequest;
import dev.drover.v1.RetryPromotionRequest;
import dev.drover.v1.RollbackApplicationRequest;
import dev.drover.v1.ScaleApplicationRequest;
import dev.drover.v1.StopApplicationRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** People, who ask for what they like, and ask again where they get no answer. */
final class SimulatedPeople {
    private static final Principal SECOND =
            new Principal("serviceAccounts/second", Set.of("owners"), AccessLevel.OPERATOR);
    private static final List<Principal> ALL =
            List.of(PromotionLab.DEVELOPER, PromotionLab.OWNER, SECOND);
    private static final int ATTEMPTS = 20;

    /** What a patient person does with one that is held: another attempt may be held again. */
    private static final String HELD_AT_LAST = "cccddtb";

    private final Edge edge;
    private final TestNouns nouns;
    private final RandomGenerator random;
    private final Consumer<String> happened;
    private final boolean absent;
    private int requests;
    private int promotions;

    /**
     * People who ask at this edge.
     *
     * @param happened hears what was answered
     */
    SimulatedPeople(Edge edge, TestNouns nouns, RandomGenerator random, Consumer<String> happened) {
        this.happened = happened;
        this.absent = random.nextBoolean();
        this.edge = edge;
        this.nouns = nouns;
        this.random = random;
    }

    /** Some gateway. */
    @FunctionalInterface
    interface Edge {
        /** Empty where no answer came, whatever the gateway did. */
        Optional<Message> call(String method, Principal caller, Message request);
    }

    /** Asks for a promotion; its name. */
    String promote(String release, String environment) {
        promotions++;
        String id = "p" + promotions;
        asks(
                "CreatePromotion",
                PromotionLab.DEVELOPER,
                CreatePromotionRequest.newBuilder()
                        .setParent(nouns.project())
                        .setPromotionId(id)
                        .setPromotion(
                                Promotion.newBuilder()
                                        .setRelease(release)
                                        .setEnvironment(environment))
                        .setRequestId(request())
                        .build());
        return id;
    }

    /** One of them says or asks something about a promotion; what it was. */
    String act(Promotion about) {
        Principal who = ALL.get(random.nextInt(ALL.size()));
        String wishes = random.nextInt(4) == 0 ? "crtbvpsdSxRA" : sensible(about);
        try {
            return did(about, wishes.charAt(random.nextInt(wishes.length())), who);
        } catch (GatewayException refused) {
            // People ask for what cannot be: they are told, and nothing happens.
            if (refused.reason() == Reason.INTERNAL) {
                throw refused;
            }
            return "refused " + refused.reason();
        }
    }

    private String did(Promotion about, char wish, Principal who) {
        String did =
                switch (wish) {
                    case 'c' -> cancel(about, who);
                    case 'r' -> reject(about, who);
                    case 't' -> retry(about, who);
                    case 'b' -> rollback(about, who);
                    case 'v' -> advance(about, who);
                    case 'p' -> pause(about, who);
                    case 's' -> resume(about, who);
                    case 'd' -> abort(about, who);
                    case 'S' -> scale(about, who);
                    case 'x' -> stop(about, who);
                    case 'R' -> restart(about, who);
                    default -> approve(about, who);
                };
        if (about.getState() == Promotion.State.HELD) {
            happened.accept("HELD, then " + did.split(" ", 2)[0]);
        }
        return did;
    }

    /** What can be asked for in this state, what is likely more than once. */
    private static String sensible(Promotion about) {
        return switch (about.getState()) {
            case BLOCKED, PENDING_APPROVAL -> "AAAAAAcr";
            case RUNNING -> "vvvvvppssd";
            case VERIFYING -> "vvvd";
            case SUCCEEDED -> "bbbbSSSSxRRRR";
            case HELD -> "tttbbbcddd";
            case FAILED, ROLLED_BACK, CANCELLED, REJECTED -> "tb";
            default -> "c";
        };
    }

    /** A patient person: approves what waits, advances what pauses, gives up what is blocked. */
    void decide(Promotion one) {
        try {
            if (paused(one, Phase.PauseReason.MANUAL)) {
                resume(one, PromotionLab.DEVELOPER);
            } else if (waits(one) && !leftToTime(one)) {
                advance(one, PromotionLab.DEVELOPER);
            }
            switch (one.getState()) {
                case PENDING_APPROVAL -> approve(one, PromotionLab.OWNER);
                case BLOCKED -> cancel(one, PromotionLab.DEVELOPER);
                case HELD ->
                        did(
                                one,
                                HELD_AT_LAST.charAt(random.nextInt(HELD_AT_LAST.length())),
                                PromotionLab.DEVELOPER);
                default -> {}
            }
        } catch (GatewayException refused) {
            if (refused.reason() == Reason.INTERNAL) {
                throw refused;
            }
            if (one.getState() == Promotion.State.PENDING_APPROVAL) {
                otherwise(one);
            }
        }
    }

    /** The owner asked for it, so somebody else must approve it; or it changed meanwhile. */
    private void otherwise(Promotion one) {
        try {
            approve(one, SECOND);
        } catch (GatewayException refused) {
            if (refused.reason() == Reason.INTERNAL) {
                throw refused;
            }
        }
    }

    private static boolean waits(Promotion one) {
        return paused(one, Phase.PauseReason.CANARY_STEP)
                || one.getStateMessage().startsWith("waits for a person");
    }

    /** Some leave a canary to the time that was declared, where it is short. */
    private boolean leftToTime(Promotion one) {
        return absent
                && paused(one, Phase.PauseReason.CANARY_STEP)
                && one.getRollout().getPhasesList().stream()
                        .filter(phase -> phase.getPauseReason() == Phase.PauseReason.CANARY_STEP)
                        .allMatch(phase ->
                                phase.getPlanned().getTime().getSeconds()
                                        <= SimulatedReleases.SHORT.toSeconds());
    }

    private static boolean paused(Promotion one, Phase.PauseReason reason) {
        return one.getRollout().getPhasesList().stream()
                .anyMatch(phase -> phase.getPauseReason() == reason);
    }

    private String approve(Promotion one, Principal who) {
        return asks(
                "ApprovePromotion",
                who,
                ApprovePromotionRequest.newBuilder()
                        .setName(one.getName())
                        .setEtag(one.getEtag())
                        .setPlanDigest(one.getPlan().getDigest())
                        .setRequestId(request())
                        .build());
    }

    private String cancel(Promotion one, Principal who) {
        return asks(
                "CancelPromotion",
                who,
                CancelPromotionRequest.newBuilder()
                        .setName(one.getName())
                        .setReason("enough")
                        .setRequestId(request())
                        .build());
    }

    private String abort(Promotion one, Principal who) {
        return asks(
                "AbortPromotion",
                who,
                AbortPromotionRequest.newBuilder()
                        .setName(one.getName())
                        .setReason("back")
                        .setRequestId(request())
                        .build());
    }

    private String reject(Promotion one, Principal who) {
        return asks(
                "RejectPromotion",
                who,
                RejectPromotionRequest.newBuilder()
                        .setName(one.getName())
                        .setReason("no")
                        .setRequestId(request())
                        .build());
    }

    private String retry(Promotion one, Principal who) {
        return asks(
                "RetryPromotion",
                who,
                RetryPromotionRequest.newBuilder()
                        .setName(one.getName())
                        .setRequestId(request())
                        .build());
    }

    private String rollback(Promotion one, Principal who) {
        return asks(
                "RollbackApplication",
                who,
                RollbackApplicationRequest.newBuilder()
                        .setName(nouns.application())
                        .setEnvironment(one.getEnvironment())
                        .setReason("back")
                        .setValidateOnly(random.nextInt(4) == 0)
                        .setRequestId(request())
                        .build());
    }

    private String scale(Promotion one, Principal who) {
        return asks(
                "ScaleApplication",
                who,
                ScaleApplicationRequest.newBuilder()
                        .setName(nouns.application())
                        .setEnvironment(one.getEnvironment())
                        .addGroups(
                                GroupCount.newBuilder()
                                        .setJob("web")
                                        .setGroup("g")
                                        .setCount(random.nextInt(1, 5)))
                        .setReason("load")
                        .setRequestId(request())
                        .build());
    }

    private String stop(Promotion one, Principal who) {
        return asks(
                "StopApplication",
                who,
                StopApplicationRequest.newBuilder()
                        .setName(nouns.application())
                        .setEnvironment(one.getEnvironment())
                        .setReason("not needed")
                        .setRequestId(request())
                        .build());
    }

    private String restart(Promotion one, Principal who) {
        return asks(
                "RestartApplication",
                who,
                RestartApplicationRequest.newBuilder()
                        .setName(nouns.application())
                        .setEnvironment(one.getEnvironment())
                        .setReason("leaks")
                        .setRequestId(request())
                        .build());
    }

    private String pause(Promotion one, Principal who) {
        return asks(
                "PausePromotion",
                who,
                PausePromotionRequest.newBuilder()
                        .setName(one.getName())
                        .setReason("look")
                        .setRequestId(request())
                        .build());
    }

    private String resume(Promotion one, Principal who) {
        return asks(
                "ResumePromotion",
                who,
                ResumePromotionRequest.newBuilder()
                        .setName(one.getName())
                        .setRequestId(request())
                        .build());
    }

    private String advance(Promotion one, Principal who) {
        return asks(
                "AdvancePromotion",
                who,
                AdvancePromotionRequest.newBuilder()
                        .setName(one.getName())
                        .setRequestId(request())
                        .build());
    }

    /** Asks until there is an answer; one who asks again gets the same answer. */
    private String asks(String method, Principal caller, Message request) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<Message> answer = edge.call(method, caller, request);
            if (answer.isPresent()) {
                happened.accept(method);
                if (!rehearsal(request) && random.nextInt(5) == 0) {
                    edge.call(method, caller, request)
                            .ifPresent(again ->
                                    assertThat(again)
                                            .as("the answer to a repeated %s", method)
                                            .isEqualTo(answer.get()));
                }
                return "%s by %s".formatted(method, caller.account());
            }
        }
        return method + " without answer";
    }

    /** Nothing of it is kept. */
    private static boolean rehearsal(Message request) {
        return request instanceof RollbackApplicationRequest asked && asked.getValidateOnly();
    }

    private String request() {
        requests++;
        return Names.id(nouns.project()) + "-request-" + requests;
    }
}
