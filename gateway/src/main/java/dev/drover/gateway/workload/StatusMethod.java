package dev.drover.gateway.workload;

import dev.drover.gateway.plan.SafeTexts;
import dev.drover.gateway.rollout.Times;
import dev.drover.v1.ApplicationStatus;
import dev.drover.v1.EnvironmentState;
import dev.drover.v1.GetApplicationStatusRequest;
import dev.drover.v1.JobStatus;
import dev.drover.v1.Promotion;
import java.util.List;
import java.util.Optional;

/** GetApplicationStatus: asks Nomad about every job of an application and tells what is wrong. */
final class StatusMethod {
    private final Workloads.Ports ports;
    private final Places places;

    StatusMethod(Workloads.Ports ports, Places places) {
        this.ports = ports;
        this.places = places;
    }

    ApplicationStatus get(GetApplicationStatusRequest request) {
        Place place = places.of(request.getName(), request.getEnvironment());
        EnvironmentState state = ports.states().of(request.getName(), request.getEnvironment());
        SafeTexts safe = ports.planner().safeTexts(request.getEnvironment());
        Origins origins = new Origins(ports.lookup(), request.getEnvironment(), state);
        JobReader reader = new JobReader(place.cluster(), place.namespace());
        List<JobSight> sights = place.jobs().stream().map(reader::read).toList();
        JobMessages messages = new JobMessages(safe, origins);
        List<JobStatus> jobs = sights.stream().map(messages::job).toList();
        Optional<Promotion> active = origins.promotion(state.getActivePromotion());
        return ApplicationStatus.newBuilder()
                .setApplication(request.getName())
                .setEnvironment(request.getEnvironment())
                .setCondition(
                        Conditions.of(
                                jobs.stream().map(JobStatus::getCondition).toList(),
                                active.filter(StatusMethod::changing).isPresent()))
                .addAllFindings(new Findings(safe, state, origins).of(sights, active))
                .setState(state)
                .addAllJobs(jobs)
                .setReadTime(Times.timestamp(ports.clock().instant()))
                .build();
    }

    /** Whether a promotion is being carried out. */
    static boolean changing(Promotion promotion) {
        return promotion.getState() == Promotion.State.RUNNING
                || promotion.getState() == Promotion.State.VERIFYING;
    }
}
