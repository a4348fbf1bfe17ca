package dev.drover.provider.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.provider.framework.Absent;
import dev.drover.provider.framework.ArgumentException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Function;
import dev.drover.provider.framework.Provider;
import dev.drover.provider.framework.Resource;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Type;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.CallFunction;
import dev.drover.provider.tfplugin6.GetFunctions;
import dev.drover.provider.tfplugin6.GetProviderSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallFunctionTest {
    private static final Type ANYTHING = Type.DYNAMIC;

    private final List<String> log = new ArrayList<>();

    @Test
    void signatureIsInTheSchemaAndInTheListOfFunctions() throws Exception {
        var listed =
                GetFunctions.Response.parseFrom(method("GetFunctions").call(new byte[0]))
                        .getFunctionsMap();
        assertThat(listed)
                .isEqualTo(
                        GetProviderSchema.Response.parseFrom(
                                        method("GetProviderSchema").call(new byte[0]))
                                .getFunctionsMap())
                .containsOnlyKeys("count");
        var count = listed.entrySet().iterator().next().getValue();
        assertThat(count.getParameters(0).getType().toStringUtf8()).isEqualTo("\"string\"");
        assertThat(count.getParameters(0).getAllowNullValue()).isFalse();
        assertThat(count.getVariadicParameter().getAllowNullValue()).isTrue();
        assertThat(count.getVariadicParameter().getAllowUnknownValues()).isFalse();
        assertThat(count.getReturn().getType().toStringUtf8()).isEqualTo("\"number\"");
    }

    @Test
    void variadicParameterTakesTheRest() throws Exception {
        assertThat(result(Value.text("x"))).isEqualTo(Value.number(0));
        assertThat(result(Value.text("x"), typed(Value.text("a")), Absent.NULL))
                .isEqualTo(Value.number(2));
    }

    /** Whatever asks: the function itself never sees what it did not ask for. */
    @Test
    void whatIsUnknownDeepInsideMakesTheResultUnknown() throws Exception {
        Type type = new Type.ListOf(Type.STRING);
        Value half = new Value.Sequence(List.of(Value.text("a"), Absent.UNKNOWN));
        assertThat(result(Value.text("x"), new Value.Typed(type, half))).isEqualTo(Absent.UNKNOWN);
        assertThat(result(Value.text("x"), Absent.UNKNOWN)).isEqualTo(Absent.UNKNOWN);
    }

    @Test
    void mistakeIsToldAtItsArgument() throws Exception {
        var answer = call("count", Value.text("bad"));
        assertThat(answer.getError().getFunctionArgument()).isZero();
        assertThat(answer.getError().hasFunctionArgument()).isTrue();
        assertThat(answer.getError().getText()).isEqualTo("bad is bad");
        assertThat(log).isEmpty();
    }

    @Test
    void argumentThatIsMissingIsNamed() throws Exception {
        var answer = call("count");
        assertThat(answer.getError().getText()).isEqualTo("what is missing");
    }

    @Test
    void faultIsToldWithoutItsCauseAndLoggedWithIt() throws Exception {
        var answer = call("count", Value.text("crash"));
        assertThat(answer.getError().hasFunctionArgument()).isFalse();
        assertThat(answer.getError().getText())
                .contains("Internal error, id ")
                .doesNotContain("secret");
        assertThat(log).singleElement().asString().contains("secret");
    }

    @Test
    void functionThatIsNotThereIsNamed() throws Exception {
        assertThat(call("length").getError().getText()).contains("no function \"length\"");
    }

    private static Value typed(Value text) {
        return new Value.Typed(Type.STRING, text);
    }

    private Value result(Value... arguments) throws Exception {
        var answer = call("count", arguments);
        assertThat(answer.hasError()).as(answer.toString()).isFalse();
        return Values.decode(Type.NUMBER, answer.getResult());
    }

    private CallFunction.Response call(String name, Value... arguments) throws Exception {
        var request = CallFunction.Request.newBuilder().setName(name);
        for (int i = 0; i < arguments.length; i++) {
            request.addArguments(Values.encode(i == 0 ? Type.STRING : ANYTHING, arguments[i]));
        }
        return CallFunction.Response.parseFrom(
                method("CallFunction").call(request.build().toByteArray()));
    }

    private Method method(String name) {
        return ProviderMethods.of(
                        new Counting(), (level, message, cause) -> log.add(message + " " + cause))
                .stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** {@code count(what, anything...)}: how many follow. */
    private static final class Count implements Function {
        @Override
        public Signature signature() {
            return new Signature(
                    "Counts",
                    "",
                    List.of(Parameter.of("what", Type.STRING, "")),
                    Optional.of(new Parameter("anything", ANYTHING, true, false, "")),
                    Type.NUMBER);
        }

        @Override
        public Value call(List<Value> arguments) {
            if (arguments.getFirst().equals(Value.text("bad"))) {
                throw new ArgumentException(0, "bad is bad");
            }
            if (arguments.getFirst().equals(Value.text("crash"))) {
                throw new IllegalStateException("secret");
            }
            return Value.number(arguments.size() - 1L);
        }
    }

    private static final class Counting implements Provider {
        @Override
        public Schema schema() {
            return new Schema(0, "", List.of());
        }

        @Override
        public Set<String> resourceTypes() {
            return Set.of();
        }

        @Override
        public Optional<Resource> resource(String type) {
            return Optional.empty();
        }

        @Override
        public Set<String> dataSourceTypes() {
            return Set.of();
        }

        @Override
        public Optional<DataSource> dataSource(String type) {
            return Optional.empty();
        }

        @Override
        public Set<String> functionNames() {
            return Set.of("count");
        }

        @Override
        public Optional<Function> function(String name) {
            return name.equals("count") ? Optional.of(new Count()) : Optional.empty();
        }

        @Override
        public void configure(Value.Entries config, Call call) {}
    }
}
