package dev.drover.gateway.baseline;

import dev.drover.gateway.auth.ServiceAccountTokens;
import dev.drover.v1.Application;
import dev.drover.v1.Calendar;
import dev.drover.v1.Cluster;
import dev.drover.v1.Environment;
import dev.drover.v1.Pipeline;
import dev.drover.v1.Policy;
import dev.drover.v1.Project;
import dev.drover.v1.ServiceAccount;
import dev.drover.v1.Verification;
import java.util.List;

/**
 * The declarative nouns of Drover, and what their special parts need.
 *
 * @param sensitive where sensitive variables are kept
 * @param revisions where revisions of policies are kept
 * @param looks what was seen of clusters
 * @param tokens tokens of service accounts
 */
public record BaselineKinds(
        SensitiveVariables sensitive,
        PolicyRevisions revisions,
        ClusterLooks looks,
        ServiceAccountTokens tokens) {

    /** All of them; the kinds of other features are added to these. */
    public List<Kind<?>> all() {
        return List.of(
                Kind.of(Project.getDefaultInstance(), new AnyNoun<>()),
                Kind.of(Cluster.getDefaultInstance(), new ClusterHooks(looks)),
                Kind.of(Environment.getDefaultInstance(), new EnvironmentHooks(sensitive)),
                Kind.of(Pipeline.getDefaultInstance(), new PipelineHooks()),
                Kind.of(Verification.getDefaultInstance(), new AnyNoun<>()),
                Kind.of(Application.getDefaultInstance(), new ApplicationHooks()),
                Kind.of(Calendar.getDefaultInstance(), new AnyNoun<>()),
                Kind.of(Policy.getDefaultInstance(), new PolicyHooks(revisions)),
                Kind.of(ServiceAccount.getDefaultInstance(), new ServiceAccountHooks(tokens)));
    }
}
