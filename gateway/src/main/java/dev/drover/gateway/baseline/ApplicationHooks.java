package dev.drover.gateway.baseline;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.Write;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationVerification;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Release;
import dev.drover.v1.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is special about applications: their jobs, strategies and verifications by stage. */
final class ApplicationHooks implements Hooks<Application> {
    private static final int VERIFICATIONS_MAX = 10;
    private static final String RELEASE = Release.getDescriptor().getName();

    @Override
    public void validate(Draft<Application> draft, Lookup lookup, Problems problems) {
        Application application = draft.message();
        Map<String, Integer> jobs = new HashMap<>();
        for (int i = 0; i < application.getJobsCount(); i++) {
            String id = application.getJobs(i).getId();
            Integer first = jobs.putIfAbsent(id, i);
            if (first != null) {
                problems.add(
                        "jobs[" + i + "].id", "'" + id + "' is the id of jobs[" + first + "] too");
            }
        }
        Optional<Versioned<Pipeline>> pipeline =
                lookup.find(Pipeline.class, application.getPipeline());
        pipeline.ifPresent(found -> {
            strategies(application, found.message(), problems);
            verifications(application, found.message(), problems);
        });
        neighbours(application, lookup, problems);
    }

    private static void strategies(Application application, Pipeline pipeline, Problems problems) {
        List<String> stages = pipeline.getStagesList().stream().map(Stage::getId).toList();
        for (String stage : application.getStageStrategiesMap().keySet()) {
            if (!stages.contains(stage)) {
                problems.add(
                        Fields.keyed("stage_strategies", stage),
                        pipeline.getName()
                                + " has no stage '"
                                + stage
                                + "'; its stages are "
                                + String.join(", ", stages));
            }
        }
    }

    private static void verifications(
            Application application, Pipeline pipeline, Problems problems) {
        List<String> stages = pipeline.getStagesList().stream().map(Stage::getId).toList();
        Map<String, Integer> seen = new HashMap<>();
        if (application.getVerificationsCount() > VERIFICATIONS_MAX) {
            problems.add(
                    "verifications",
                    "are %d; at most %d, since all of their evidence is kept with the promotion"
                            .formatted(application.getVerificationsCount(), VERIFICATIONS_MAX));
        }
        for (int i = 0; i < application.getVerificationsCount(); i++) {
            ApplicationVerification one = application.getVerifications(i);
            String path = "verifications[" + i + "]";
            Integer first = seen.putIfAbsent(one.getVerification(), i);
            if (first != null) {
                problems.add(
                        path + ".verification",
                        "'%s' is at verifications[%d] already; name all its stages there"
                                .formatted(one.getVerification(), first));
            }
            for (int j = 0; j < one.getStagesCount(); j++) {
                if (!stages.contains(one.getStages(j))) {
                    problems.add(
                            path + ".stages[" + j + "]",
                            "%s has no stage '%s'; its stages are %s"
                                    .formatted(
                                            pipeline.getName(),
                                            one.getStages(j),
                                            String.join(", ", stages)));
                }
            }
        }
    }

    // Two applications with one Nomad job would undo one another's promotions.
    private static void neighbours(Application application, Lookup lookup, Problems problems) {
        for (int i = 0; i < application.getJobsCount(); i++) {
            String id = application.getJobs(i).getId();
            String path = "jobs[" + i + "].id";
            JobOwners.other(application, id, lookup)
                    .ifPresent(other ->
                            problems.add(
                                    path,
                                    "'%s' is a job of %s in the same pipeline; a Nomad job belongs to one application"
                                            .formatted(id, other)));
        }
    }

    @Override
    public Prepared<Application> beforeCommit(Draft<Application> draft, Lookup lookup) {
        return new Prepared<>(
                draft.message(), JobOwners.change(draft.previous(), draft.message(), lookup));
    }

    /** Abandoned releases go with their application; the others bar its deletion. */
    @Override
    public List<Write> alongsideDeletion(Application application, Lookup lookup) {
        List<Write> writes = new ArrayList<>(JobOwners.leave(application, lookup));
        for (StoredRecord record : lookup.records(RELEASE, application.getName() + "/releases/")) {
            if (abandoned(record)) {
                writes.add(new Write.Delete(RELEASE, record.name(), record.revision()));
            }
        }
        return writes;
    }

    private static boolean abandoned(StoredRecord record) {
        try {
            return Release.parseFrom(record.body()).getState() == Release.State.ABANDONED;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(record.name() + " cannot be read", e);
        }
    }
}
