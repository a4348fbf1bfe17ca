package dev.drover.gateway.suspension;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Application;
import dev.drover.v1.Environment;
import dev.drover.v1.FastTrack;
import dev.drover.v1.Project;
import dev.drover.v1.Release;
import dev.drover.v1.SuspendRequest;
import dev.drover.v1.Suspension;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Makes suspensions of requests, and refuses what cannot be meant. */
final class NewSuspension {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final List<String> KINDS =
            List.of("RELEASE", "ROLLBACK", "SCALE", "RESTART", "STOP");
    private static final int UID_BYTES = 16;

    /** Leaves room for a number. */
    private static final int BASE_MAX = 56;

    private final Lookup lookup;
    private final RandomGenerator random;

    NewSuspension(Lookup lookup, RandomGenerator random) {
        this.lookup = lookup;
        this.random = random;
    }

    Suspension of(SuspendRequest request, String author, Instant now) {
        scope(request.getScope());
        subject(request);
        enums(request);
        Suspension.Builder made =
                Suspension.newBuilder()
                        .setName(name(request))
                        .setUid(uid())
                        .setCreateTime(timestamp(now))
                        .setUpdateTime(timestamp(now))
                        .setScope(request.getScope())
                        .setApplication(request.getApplication())
                        .setRelease(request.getRelease())
                        .setReason(request.getReason())
                        .setAuthor(author)
                        .setHalts(
                                request.getHalts() == Suspension.Halts.HALTS_UNSPECIFIED
                                        ? Suspension.Halts.NEW_PROMOTIONS
                                        : request.getHalts())
                        .setRollbacks(
                                request.getRollbacks() == FastTrack.Passes.PASSES_UNSPECIFIED
                                        ? FastTrack.Passes.AUTOMATIC
                                        : request.getRollbacks())
                        .addAllKinds(request.getKindsList());
        if (request.hasDuration()) {
            made.setExpireTime(timestamp(now.plus(duration(request))));
        }
        return made.build();
    }

    private void scope(String scope) {
        if (scope.isEmpty()) {
            return;
        }
        switch (scope.split("/", -1).length) {
            case 2 -> known("scope", scope, Project.class);
            case 4 -> known("scope", scope, Environment.class);
            default ->
                    throw GatewayException.invalidField(
                            "scope",
                            "'"
                                    + scope
                                    + "' is neither a project nor an environment; leave it out for everything");
        }
    }

    /** What it is about must be where it holds. */
    private void subject(SuspendRequest request) {
        String project = project(request.getScope());
        if (!request.getApplication().isEmpty()) {
            inside("application", request.getApplication(), project);
            known("application", request.getApplication(), Application.class);
        }
        if (request.getRelease().isEmpty()) {
            return;
        }
        if (!request.getScope().contains("/environments/")) {
            throw GatewayException.invalidField(
                    "release", "pins an environment; name one as the scope");
        }
        if (!request.getApplication().isEmpty()) {
            throw GatewayException.invalidField(
                    "release", "excludes application: it says which one it pins");
        }
        inside("release", request.getRelease(), project);
        known("release", request.getRelease(), Release.class);
    }

    private static void inside(String field, String name, String project) {
        if (!project.isEmpty() && !name.startsWith(project + "/")) {
            throw GatewayException.invalidField(
                    field, "'" + name + "' is in another project than the scope '" + project + "'");
        }
    }

    private void known(String field, String name, Class<? extends Message> type) {
        if (lookup.find(type, name).isEmpty()) {
            String why = "'" + name + "' does not exist; correct the name";
            throw new GatewayException(
                    Reason.REFERENCE_NOT_FOUND,
                    field + ": " + why,
                    ErrorDetails.field(field, why).with("resource", name));
        }
    }

    private static void enums(SuspendRequest request) {
        if (request.getHalts() == Suspension.Halts.UNRECOGNIZED) {
            throw GatewayException.invalidField("halts", "must be NEW_PROMOTIONS or ROLLOUTS");
        }
        if (request.getRollbacks() == FastTrack.Passes.UNRECOGNIZED) {
            throw GatewayException.invalidField("rollbacks", "must be NONE, AUTOMATIC or ALL");
        }
        for (int i = 0; i < request.getKindsCount(); i++) {
            if (!KINDS.contains(request.getKinds(i))) {
                throw GatewayException.invalidField(
                        "kinds[" + i + "]", "must be one of " + String.join(", ", KINDS));
            }
        }
    }

    private static Duration duration(SuspendRequest request) {
        Duration asked =
                Duration.ofSeconds(
                        request.getDuration().getSeconds(), request.getDuration().getNanos());
        if (!asked.isPositive() || asked.compareTo(LONGEST) > 0) {
            throw GatewayException.invalidField(
                    "duration", "must be longer than nothing, and at most 366 days");
        }
        return asked;
    }

    private String name(SuspendRequest request) {
        String id = request.getSuspensionId();
        if (!id.isEmpty()) {
            if (!ID.matcher(id).matches()) {
                throw GatewayException.invalidField(
                        "suspension_id",
                        "'"
                                + id
                                + "' is not an id; choose 1 to 63 of a-z, 0-9 and -, starting with a letter");
            }
            return "suspensions/" + id;
        }
        String base = base(request);
        int number = 1;
        while (lookup.find(Suspension.class, "suspensions/" + base + "-" + number).isPresent()) {
            number++;
        }
        return "suspensions/" + base + "-" + number;
    }

    private static String base(SuspendRequest request) {
        String scope = request.getScope().isEmpty() ? "everything" : last(request.getScope());
        String application =
                request.getRelease().isEmpty()
                        ? request.getApplication()
                        : request.getRelease().replaceFirst("/releases/.*", "");
        String base = application.isEmpty() ? scope : last(application) + "-" + scope;
        return base.substring(0, Math.min(base.length(), BASE_MAX));
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String project(String scope) {
        return scope.replaceFirst("/environments/.*", "");
    }

    private String uid() {
        byte[] bytes = new byte[UID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
