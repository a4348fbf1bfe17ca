package dev.drover.policy;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The functions that are Drover's own: versions, paths, addresses, hours, image references. All of
 * them take time in proportion to their arguments and no more.
 */
final class OwnFunctions {

    /** Filled first, as they stand first. */
    private static final List<CelFunctionDecl> DECLARED = new ArrayList<>();

    private static final List<CelFunctionBinding> BOUND = new ArrayList<>();

    static {
        text("isSemver", SimpleType.BOOL, text -> SemanticVersion.parse(text).isPresent());
        text("semverMajor", SimpleType.INT, text -> version(text).major());
        text("semverMinor", SimpleType.INT, text -> version(text).minor());
        text("semverPatch", SimpleType.INT, text -> version(text).patch());
        text(
                "semverPrerelease",
                SimpleType.STRING,
                text -> String.join(".", version(text).prerelease()));
        texts(
                "semverCompare",
                SimpleType.INT,
                (one, other) -> (long) version(one).compareTo(version(other)));
        texts("glob", SimpleType.BOOL, OwnFunctions::glob);
        text("isIp", SimpleType.BOOL, text -> AddressRange.address(text).isPresent());
        texts("inCidr", SimpleType.BOOL, OwnFunctions::inCidr);
        text("imageRegistry", SimpleType.STRING, text -> ImageReference.facts(text).getRegistry());
        text(
                "imageRepository",
                SimpleType.STRING,
                text -> ImageReference.facts(text).getRepository());
        text("imageTag", SimpleType.STRING, text -> ImageReference.facts(text).getTag());
        text("imageDigest", SimpleType.STRING, text -> ImageReference.facts(text).getDigest());
        time("localDate", SimpleType.STRING, 1, of -> LocalHours.date(at(of), text(of, 1)));
        time("localTime", SimpleType.STRING, 1, of -> LocalHours.time(at(of), text(of, 1)));
        time("isWeekend", SimpleType.BOOL, 1, of -> LocalHours.weekend(at(of), text(of, 1)));
        time("inHours", SimpleType.BOOL, 3, OwnFunctions::inHours);
        time(
                "inBusinessHours",
                SimpleType.BOOL,
                3,
                of -> !LocalHours.weekend(at(of), text(of, 3)) && inHours(of));
    }

    static final List<CelFunctionDecl> DECLARATIONS = List.copyOf(DECLARED);
    static final List<CelFunctionBinding> BINDINGS = List.copyOf(BOUND);

    private OwnFunctions() {}

    /**
     * What is wrong with a literal argument of a call; empty where nothing is.
     *
     * @param index of the argument, from 0; the receiver is none
     * @param arguments how many there are
     */
    static Optional<String> problem(String function, int index, int arguments, String literal) {
        return switch (function) {
            case "semverCompare" -> problemOfVersion(literal);
            case "glob" -> problemOfGlob(literal);
            case "inCidr" -> problemOfRange(literal);
            case "localDate", "localTime", "isWeekend", "inHours", "inBusinessHours" ->
                    index == arguments - 1
                            ? LocalHours.problemOfZone(literal)
                            : LocalHours.problemOfClock(literal);
            default -> Optional.empty();
        };
    }

    static CelInvalidArgumentException refused(String why) {
        return new CelInvalidArgumentException(why);
    }

    static void refuse(Optional<String> problem) {
        if (problem.isPresent()) {
            throw refused(problem.get());
        }
    }

    private static SemanticVersion version(String text) {
        return SemanticVersion.parse(text).orElseThrow(() -> refused(noVersion(text)));
    }

    private static boolean glob(String text, String pattern) {
        refuse(problemOfGlob(pattern));
        return Glob.matches(pattern, text);
    }

    private static boolean inCidr(String text, String range) {
        byte[] address =
                AddressRange.address(text)
                        .orElseThrow(() ->
                                refused(
                                        ValueText.of(text)
                                                + " is not an IP address; ask `isIp()` first"));
        return AddressRange.parse(range)
                .orElseThrow(() -> refused(problemOfRange(range).orElseThrow()))
                .contains(address);
    }

    private static Optional<String> problemOfVersion(String text) {
        return SemanticVersion.parse(text).isPresent()
                ? Optional.empty()
                : Optional.of(noVersion(text));
    }

    private static String noVersion(String text) {
        return ValueText.of(text)
                + " is not a semantic version; write it like \"1.4.2\" or \"v2.0.0-rc.1\"";
    }

    private static Optional<String> problemOfGlob(String pattern) {
        return pattern.length() <= Limits.PATTERN_SIZE
                ? Optional.empty()
                : Optional.of(
                        "the pattern has "
                                + pattern.length()
                                + " characters; the limit is "
                                + Limits.PATTERN_SIZE);
    }

    private static Optional<String> problemOfRange(String range) {
        return AddressRange.parse(range).isPresent()
                ? Optional.empty()
                : Optional.of(
                        ValueText.of(range)
                                + " is not a range of addresses; write it like \"10.0.0.0/8\" or"
                                + " \"2001:db8::/32\", with 0 behind the bits that count");
    }

    private static boolean inHours(Object[] of) {
        return LocalHours.within(at(of), text(of, 1), text(of, 2), text(of, 3));
    }

    private static Instant at(Object[] arguments) {
        return (Instant) arguments[0];
    }

    private static String text(Object[] arguments, int index) {
        return (String) arguments[index];
    }

    private static void text(String name, CelType yields, CelFunctionOverload.Unary<String> does) {
        declare(name, yields, List.of(SimpleType.STRING));
        BOUND.add(CelFunctionBinding.from(name + "_text", String.class, does));
    }

    private static void texts(
            String name, CelType yields, CelFunctionOverload.Binary<String, String> does) {
        declare(name, yields, List.of(SimpleType.STRING, SimpleType.STRING));
        BOUND.add(CelFunctionBinding.from(name + "_text", String.class, String.class, does));
    }

    /** A function of a time and of texts, the last of which is a zone. */
    private static void time(String name, CelType yields, int texts, CelFunctionOverload does) {
        List<CelType> types = new ArrayList<>(List.of(SimpleType.TIMESTAMP));
        List<Class<?>> classes = new ArrayList<>(List.of(Instant.class));
        for (int i = 0; i < texts; i++) {
            types.add(SimpleType.STRING);
            classes.add(String.class);
        }
        declare(name, yields, types);
        BOUND.add(CelFunctionBinding.from(name + "_text", classes, does));
    }

    private static void declare(String name, CelType yields, List<CelType> types) {
        DECLARED.add(
                CelFunctionDecl.newFunctionDeclaration(
                        name, CelOverloadDecl.newMemberOverload(name + "_text", yields, types)));
    }
}
