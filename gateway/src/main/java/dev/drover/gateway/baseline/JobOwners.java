package dev.drover.gateway.baseline;

import com.google.protobuf.ByteString;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.Write;
import dev.drover.v1.Application;
import dev.drover.v1.ApplicationJob;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which application of a pipeline a Nomad job belongs to: a record for each job, so that two
 * applications cannot both take one at the same time, and nobody reads all applications to know.
 */
final class JobOwners {
    private static final String KIND = "JobOwner";

    private JobOwners() {}

    /** The other application that has the job; empty: it is free, or this application's. */
    static Optional<String> other(Application application, String job, Lookup lookup) {
        return lookup.record(KIND, name(application, job))
                .map(JobOwners::owner)
                .filter(owner -> !owner.equals(application.getName()));
    }

    /** What changes when an application becomes another: jobs that it takes, and that it leaves. */
    static List<Write> change(
            Optional<Application> previous, Application application, Lookup lookup) {
        List<Write> writes = new ArrayList<>();
        Set<String> names = names(application);
        for (String name : names) {
            Optional<StoredRecord> taken = lookup.record(KIND, name);
            // One that somebody else took since the checks refuses the commit, and all is checked
            // anew.
            if (taken.isEmpty() || !owner(taken.get()).equals(application.getName())) {
                writes.add(
                        new Write.Put(
                                KIND,
                                name,
                                Write.ABSENT,
                                ByteString.copyFromUtf8(application.getName()),
                                List.of()));
            }
        }
        previous.map(JobOwners::names).orElse(Set.of()).stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> left(application, name, lookup).ifPresent(writes::add));
        return writes;
    }

    /** What an application leaves that is deleted. */
    static List<Write> leave(Application application, Lookup lookup) {
        return names(application).stream()
                .flatMap(name -> left(application, name, lookup).stream())
                .toList();
    }

    private static Optional<Write> left(Application application, String name, Lookup lookup) {
        return lookup.record(KIND, name)
                .filter(record -> owner(record).equals(application.getName()))
                .map(record -> new Write.Delete(KIND, name, record.revision()));
    }

    private static Set<String> names(Application application) {
        Set<String> names = new LinkedHashSet<>();
        for (ApplicationJob job : application.getJobsList()) {
            names.add(name(application, job.getId()));
        }
        return names;
    }

    private static String name(Application application, String job) {
        return application.getPipeline() + "/jobs/" + job;
    }

    private static String owner(StoredRecord record) {
        return record.body().toStringUtf8();
    }
}
