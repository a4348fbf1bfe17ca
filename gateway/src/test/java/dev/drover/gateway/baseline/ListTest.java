package dev.drover.gateway.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.v1.Environment;
import dev.drover.v1.ListEnvironmentsRequest;
import dev.drover.v1.ListEnvironmentsResponse;
import dev.drover.v1.ListProjectsRequest;
import dev.drover.v1.ListProjectsResponse;
import dev.drover.v1.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListTest {
    private final TestBaseline baseline = new TestBaseline();

    @AfterEach
    void close() {
        baseline.close();
    }

    @Test
    void anOrderHoldsAcrossPages() {
        projects();
        assertThat(pages("labels.tier desc, create_time", "")).containsExactly("c", "a", "d", "b");
        assertThat(pages("display_name desc", "")).containsExactly("d", "c", "b", "a");
        assertThat(pages("labels.tier", "labels:tier")).containsExactly("a", "d", "c");
    }

    private void projects() {
        project("a", "a");
        project("d", "a");
        project("b", "");
        project("c", "x");
    }

    private void project(String id, String tier) {
        Project.Builder project = Project.newBuilder().setDisplayName(id);
        if (!tier.isEmpty()) {
            project.putLabels("tier", tier);
        }
        baseline.pass(Duration.ofSeconds(1));
        baseline.create("projects/" + id, project.build());
    }

    private List<String> pages(String order, String filter) {
        List<String> ids = new ArrayList<>();
        ListProjectsRequest.Builder request =
                ListProjectsRequest.newBuilder().setOrderBy(order).setFilter(filter).setPageSize(1);
        do {
            ListProjectsResponse page = baseline.call(request.build(), ListProjectsResponse.class);
            page.getProjectsList()
                    .forEach(each -> ids.add(each.getName().substring("projects/".length())));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return ids;
    }

    @Test
    void aPageTokenBelongsToItsList() {
        projects();
        String token =
                baseline.call(
                                ListProjectsRequest.newBuilder().setPageSize(2).build(),
                                ListProjectsResponse.class)
                        .getNextPageToken();
        assertThat(token).isNotEmpty();
        for (ListProjectsRequest request :
                List.of(
                        ListProjectsRequest.newBuilder()
                                .setPageToken(token)
                                .setFilter("labels:tier")
                                .build(),
                        ListProjectsRequest.newBuilder()
                                .setPageToken(token)
                                .setOrderBy("name desc")
                                .build(),
                        ListProjectsRequest.newBuilder().setPageToken("2").build())) {
            GatewayException refusal = baseline.refusal(request);
            assertThat(refusal.reason()).isEqualTo(Reason.INVALID_QUERY);
            assertThat(refusal.details().fields().getFirst().field()).isEqualTo("page_token");
        }
    }

    @Test
    void aDashStandsForEveryParent() {
        baseline.createSamples();
        baseline.create("projects/zoo", Project.getDefaultInstance());
        baseline.create(
                "projects/zoo/environments/prod",
                Environment.newBuilder().setCluster("clusters/local").build());
        assertThat(environments("projects/-"))
                .containsExactly(
                        "projects/shop/environments/prod", "projects/zoo/environments/prod");
        assertThat(environments("projects/zoo")).containsExactly("projects/zoo/environments/prod");
    }

    @Test
    void aParentThatDoesNotExistIsRefused() {
        Message request = ListEnvironmentsRequest.newBuilder().setParent("projects/no").build();
        assertThat(baseline.refusal(request).reason()).isEqualTo(Reason.NOT_FOUND);
        Message malformed = ListEnvironmentsRequest.newBuilder().setParent("shop").build();
        assertThat(baseline.refusal(malformed))
                .hasMessageContaining("parent: 'shop' is not a name such as projects/{project}");
    }

    @Test
    void anOrderThatCannotBeIsRefusedWithItsColumn() {
        for (String[] each :
                new String[][] {
                    {"colour", "column 1: Project has no field 'colour'"},
                    {"name, owners", "column 7: 'owners' has no order"},
                    {"labels", "column 1: 'labels' has no order"},
                    {"name down", "column 1: 'name down' is not FIELD or FIELD desc"},
                    {"name,", "column 6"},
                }) {
            GatewayException refusal =
                    baseline.refusal(ListProjectsRequest.newBuilder().setOrderBy(each[0]).build());
            assertThat(refusal.reason()).isEqualTo(Reason.INVALID_QUERY);
            assertThat(refusal).hasMessageContaining(each[1]);
        }
    }

    @Test
    void aNegativePageSizeIsRefused() {
        assertThat(baseline.refusal(ListProjectsRequest.newBuilder().setPageSize(-1).build()))
                .hasMessageContaining("page_size: -1");
    }

    private List<String> environments(String parent) {
        return baseline
                .call(
                        ListEnvironmentsRequest.newBuilder().setParent(parent).build(),
                        ListEnvironmentsResponse.class)
                .getEnvironmentsList()
                .stream()
                .map(Environment::getName)
                .toList();
    }
}
