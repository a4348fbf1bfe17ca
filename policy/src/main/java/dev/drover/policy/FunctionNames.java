package dev.drover.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The functions and macros of the language, as docs/policy.md tells them. */
final class FunctionNames {

    static final List<String> FUNCTIONS =
            List.of(
                    "size",
                    "contains",
                    "startsWith",
                    "endsWith",
                    "matches",
                    "charAt",
                    "indexOf",
                    "lastIndexOf",
                    "lowerAscii",
                    "upperAscii",
                    "split",
                    "substring",
                    "trim",
                    "join",
                    "int",
                    "uint",
                    "double",
                    "string",
                    "bool",
                    "bytes",
                    "timestamp",
                    "duration",
                    "getFullYear",
                    "getMonth",
                    "getDate",
                    "getDayOfMonth",
                    "getDayOfWeek",
                    "getDayOfYear",
                    "getHours",
                    "getMinutes",
                    "getSeconds",
                    "getMilliseconds",
                    "isSemver",
                    "semverCompare",
                    "semverMajor",
                    "semverMinor",
                    "semverPatch",
                    "semverPrerelease",
                    "glob",
                    "isIp",
                    "inCidr",
                    "imageRegistry",
                    "imageRepository",
                    "imageTag",
                    "imageDigest",
                    "localDate",
                    "localTime",
                    "isWeekend",
                    "inHours",
                    "inBusinessHours");

    static final Map<String, String> MACROS =
            Map.of(
                    "has", "has(message.field)",
                    "all", "list.all(x, condition)",
                    "exists", "list.exists(x, condition)",
                    "exists_one", "list.exists_one(x, condition)",
                    "filter", "list.filter(x, condition)",
                    "map", "list.map(x, value)");

    private FunctionNames() {}

    static Optional<String> usageOfMacro(String name) {
        return Optional.ofNullable(MACROS.get(name));
    }

    static Optional<String> nearest(String name) {
        return NearestName.of(
                name, Stream.concat(FUNCTIONS.stream(), MACROS.keySet().stream()).toList());
    }
}
