package dev.drover.gateway.baseline;

import dev.drover.gateway.record.Write;
import dev.drover.v1.Environment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What is special about environments: their variables. */
final class EnvironmentHooks implements Hooks<Environment> {
    private static final String SENSITIVE = "sensitive_variables";
    // An identifier as in HCL's specification.
    private static final Pattern IDENTIFIER =
            Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{Mn}\\p{Mc}\\p{Nd}\\p{Pc}-]*");

    private final SensitiveVariables sensitive;

    EnvironmentHooks(SensitiveVariables sensitive) {
        this.sensitive = sensitive;
    }

    @Override
    public void validate(Draft<Environment> draft, Lookup lookup, Problems problems) {
        Environment environment = draft.message();
        Set<String> variables = environment.getVariables().getFieldsMap().keySet();
        variables.forEach(name -> identifier("variables", name, problems));
        Set<String> secrets =
                draft.given().contains(SENSITIVE)
                        ? environment.getSensitiveVariablesMap().keySet()
                        : environment.getSensitiveVariableDigestsMap().keySet();
        for (String name : secrets) {
            identifier(SENSITIVE, name, problems);
            if (variables.contains(name)) {
                problems.add(
                        Fields.keyed("variables", name),
                        "is also in sensitive_variables; keep it in one of them");
            }
        }
    }

    private static void identifier(String field, String name, Problems problems) {
        if (!IDENTIFIER.matcher(name).matches()) {
            problems.add(
                    Fields.keyed(field, name),
                    "'"
                            + name
                            + "' is not the name of an HCL variable; use letters, digits, _ and -,"
                            + " not beginning with a digit or -");
        }
    }

    @Override
    public Prepared<Environment> beforeCommit(Draft<Environment> draft, Lookup lookup) {
        if (!draft.given().contains(SENSITIVE)) {
            return Prepared.of(draft.message());
        }
        String name = draft.name();
        Map<String, String> values = draft.message().getSensitiveVariablesMap();
        Map<String, String> digests = new TreeMap<>();
        values.forEach((variable, value) ->
                digests.put(variable, sensitive.digest(name, variable, value)));
        Environment prepared =
                draft.message().toBuilder()
                        .clearSensitiveVariables()
                        .clearSensitiveVariableDigests()
                        .putAllSensitiveVariableDigests(digests)
                        .build();
        return new Prepared<>(prepared, List.of(sensitive.set(name, values)));
    }

    @Override
    public List<Write> alongsideDeletion(Environment environment, Lookup lookup) {
        return sensitive.forget(environment.getName());
    }
}
