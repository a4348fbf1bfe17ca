package dev.drover.provider.resource;

import dev.drover.provider.framework.DataSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Data sources of what is going on, as opposed to what is declared. */
final class LiveDataSources {
    private LiveDataSources() {}

    /** Their names, in order. */
    static SortedSet<String> types() {
        return new TreeSet<>(
                List.of(EffectiveWindows.TYPE, EnvironmentStates.TYPE, PromotionEligibility.TYPE));
    }

    static Optional<DataSource> of(String type, NounAttributes attributes, Gateway gateway) {
        return switch (type) {
            case EffectiveWindows.TYPE -> Optional.of(EffectiveWindows.of(attributes, gateway));
            case EnvironmentStates.TYPE -> Optional.of(EnvironmentStates.of(attributes, gateway));
            case PromotionEligibility.TYPE ->
                    Optional.of(PromotionEligibility.of(attributes, gateway));
            default -> Optional.empty();
        };
    }
}
