package dev.drover.provider.sample;

import static dev.drover.provider.framework.Attribute.Presence.COMPUTED;
import static dev.drover.provider.framework.Attribute.Presence.OPTIONAL;
import static dev.drover.provider.framework.Attribute.Presence.OPTIONAL_COMPUTED;
import static dev.drover.provider.framework.Attribute.Presence.REQUIRED;

import dev.drover.provider.framework.Attribute;
import dev.drover.provider.framework.Attribute.Nesting;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Every kind of attribute. */
final class ThingSchema {
    static final Schema SCHEMA =
            new Schema(
                    1,
                    "A *thing*.",
                    List.of(
                            Attribute.of("id", Type.STRING, COMPUTED).keepsPrior(),
                            Attribute.of("etag", Type.STRING, COMPUTED),
                            Attribute.of("name", Type.STRING, REQUIRED).requiresReplace(),
                            Attribute.of("note", Type.STRING, OPTIONAL).zeroIsUnset(),
                            Attribute.of("size", Type.NUMBER, OPTIONAL),
                            Attribute.of("flag", Type.BOOL, OPTIONAL),
                            Attribute.of("color", Type.STRING, OPTIONAL_COMPUTED),
                            Attribute.of("tags", new Type.MapOf(Type.STRING), OPTIONAL),
                            Attribute.of("list", new Type.ListOf(Type.STRING), OPTIONAL),
                            Attribute.of("set", new Type.SetOf(Type.STRING), OPTIONAL),
                            Attribute.of("any", Type.DYNAMIC, OPTIONAL),
                            Attribute.of("timeout", Type.STRING, OPTIONAL)
                                    .comparedBy(ThingSchema::sameDuration),
                            Attribute.of("secret", Type.STRING, OPTIONAL).sensitive(),
                            Attribute.of("password_wo", Type.STRING, OPTIONAL).writeOnly(),
                            Attribute.of("password_version", Type.NUMBER, OPTIONAL),
                            nested("one", Nesting.SINGLE),
                            nested("stages", Nesting.LIST),
                            nested("parts", Nesting.SET),
                            nested("rooms", Nesting.MAP)));

    private ThingSchema() {}

    private static Attribute nested(String name, Nesting nesting) {
        return Attribute.nested(
                name,
                nesting,
                List.of(
                        Attribute.of("title", Type.STRING, OPTIONAL),
                        Attribute.of("number", Type.NUMBER, COMPUTED).keepsPrior()),
                OPTIONAL);
    }

    private static boolean sameDuration(String one, String other) {
        return duration(one).equals(duration(other));
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }
}
