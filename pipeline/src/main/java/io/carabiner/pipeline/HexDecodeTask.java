package io.carabiner.pipeline;

import io.carabiner.primitives.Bytes;
import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.util.HexFormat;

/** Bytes of a text of hex digits. */
record HexDecodeTask(Parameter input) implements Task {

    HexDecodeTask(Attributes attributes) {
        this(attributes.parameter("input").variable().literal().firstInput().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        String text = new Resolver(scope).require(input, Coerce::string);
        if (!Coerce.hasHexPrefix(text)) {
            throw new TaskFailure("hex string must have prefix 0x");
        }
        String digits = text.substring(2);
        checkDigits(digits);
        return TaskAnswer.of(PipelineValue.bytes(Bytes.of(HexFormat.of().parseHex(digits))));
    }

    private static void checkDigits(String digits) {
        int even = digits.length() - digits.length() % 2;
        for (int i = 0; i < digits.length(); i++) {
            if (!HexFormat.isHexDigit(digits.charAt(i))) {
                int point = digits.codePointAt(i);
                throw new TaskFailure("failed to decode hex string: encoding/hex: invalid byte: "
                        + String.format("U+%04X", point) + " '" + Character.toString(point) + "'");
            }
        }
        if (digits.length() != even) {
            throw new TaskFailure("failed to decode hex string: encoding/hex: odd length hex string");
        }
    }
}
