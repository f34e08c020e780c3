package io.carabiner.pipeline;

import io.carabiner.primitives.Bytes;
import io.carabiner.values.Coerce;
import io.carabiner.values.Decimals;
import io.carabiner.values.GoText;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Hex digits of bytes, a text's bytes, or a whole number that is not negative. */
record HexEncodeTask(Parameter input) implements Task {

    HexEncodeTask(Attributes attributes) {
        this(attributes.parameter("input").variable().literal().firstInput().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        return TaskAnswer.of(PipelineValue.text(encode(new Resolver(scope).require(input, HexEncodeTask::checked))));
    }

    private static PipelineValue checked(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text text -> text;
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind kind)
            when kind == PipelineValue.BinaryKind.BYTES -> PipelineValue.bytes(bytes);
            case PipelineValue.Memo(PipelineValue content) -> checked(content);
            case PipelineValue.Decimal decimal -> decimal;
            case PipelineValue.Floating(double floating)
            when Double.isFinite(floating) && floating != Math.rint(floating) ->
                PipelineValue.decimal(GoText.shortest(floating));
            case PipelineValue.Null nothing -> nothing;
            default -> PipelineValue.big(Coerce.maybeBig(value).orElse(BigInteger.ZERO));
        };
    }

    private static String encode(PipelineValue value) {
        return switch (value) {
            case PipelineValue.Text(String text) -> prefixed(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
            case PipelineValue.Binary(Bytes bytes, PipelineValue.BinaryKind ignored) -> prefixed(bytes);
            case PipelineValue.Decimal(BigDecimal decimal) -> number(decimal);
            case PipelineValue.Whole(BigInteger whole, PipelineValue.WholeKind ignored) ->
                number(new BigDecimal(whole));
            default -> "";
        };
    }

    private static String prefixed(Bytes bytes) {
        return bytes.isEmpty() ? "" : bytes.toString();
    }

    private static String number(BigDecimal number) {
        if (!Decimals.fits(number)
                || (number.signum() != 0 && number.stripTrailingZeros().scale() > 0)) {
            throw new TaskFailure("decimal input");
        }
        if (number.signum() < 0) {
            throw new TaskFailure("negative integer");
        }
        return "0x" + number.toBigInteger().toString(16);
    }
}
