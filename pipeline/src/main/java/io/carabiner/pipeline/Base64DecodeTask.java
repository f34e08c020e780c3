package io.carabiner.pipeline;

import io.carabiner.primitives.Bytes;
import io.carabiner.values.Coerce;
import io.carabiner.values.PipelineValue;
import io.carabiner.values.TaskFailure;
import java.io.ByteArrayOutputStream;

/** Bytes of a text of base64 with padding; line ends are skipped, as in Go. */
record Base64DecodeTask(Parameter input) implements Task {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    Base64DecodeTask(Attributes attributes) {
        this(attributes.parameter("input").variable().literal().firstInput().build());
    }

    @Override
    public TaskAnswer run(TaskScope scope) {
        scope.checkInputs(0, 1);
        return TaskAnswer.of(PipelineValue.bytes(decode(new Resolver(scope).require(input, Coerce::string))));
    }

    private static Bytes decode(String text) {
        byte[] source = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            at = skipLineEnds(source, at);
            if (at == source.length) {
                return Bytes.of(plain.toByteArray());
            }
            at = quantum(source, at, plain);
        }
    }

    private static int quantum(byte[] source, int start, ByteArrayOutputStream plain) {
        int bits = 0;
        int at = start;
        for (int i = 0; i < 4; i++) {
            at = skipLineEnds(source, at);
            if (at == source.length) {
                throw illegal(at - i);
            }
            int digit = ALPHABET.indexOf(source[at] & 0xff);
            if (digit < 0) {
                return padding(source, at, i, bits, plain);
            }
            bits = bits << 6 | digit;
            at++;
        }
        plain.write(bits >> 16);
        plain.write(bits >> 8);
        plain.write(bits);
        return at;
    }

    private static int padding(byte[] source, int start, int digits, int bits, ByteArrayOutputStream plain) {
        if (source[start] != '=' || digits < 2) {
            throw illegal(start);
        }
        int at = start + 1;
        if (digits == 2) {
            at = skipLineEnds(source, at);
            if (at == source.length) {
                throw illegal(source.length);
            }
            if (source[at] != '=') {
                throw illegal(at);
            }
            at++;
            plain.write(bits >> 4);
        } else {
            plain.write(bits >> 10);
            plain.write(bits >> 2);
        }
        at = skipLineEnds(source, at);
        if (at < source.length) {
            throw illegal(at);
        }
        return at;
    }

    private static int skipLineEnds(byte[] source, int start) {
        int at = start;
        while (at < source.length && (source[at] == '\n' || source[at] == '\r')) {
            at++;
        }
        return at;
    }

    private static TaskFailure illegal(int place) {
        return new TaskFailure("failed to decode base64 string: illegal base64 data at input byte " + place);
    }
}
