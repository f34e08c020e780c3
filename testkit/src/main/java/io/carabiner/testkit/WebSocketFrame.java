package io.carabiner.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A frame of RFC 6455. */
final class WebSocketFrame {

    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;

    private final int first;
    private final byte[] raw;
    private final byte[] payload;

    private WebSocketFrame(int first, byte[] raw, byte[] payload) {
        this.first = first;
        this.raw = raw;
        this.payload = payload;
    }

    /** The next frame; null where the connection has ended. */
    static @Nullable WebSocketFrame read(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        DataOutputStream copy = new DataOutputStream(raw);
        copy.write(first);
        int second = in.readUnsignedByte();
        copy.write(second);
        long length = second & 0x7f;
        if (length == LENGTH_16) {
            length = in.readUnsignedShort();
            copy.writeShort((int) length);
        } else if (length == LENGTH_64) {
            length = in.readLong();
            copy.writeLong(length);
        }
        if (length < 0 || length > HttpWire.BODY_LIMIT_BYTES) {
            throw new IOException("a WebSocket frame of " + length + " bytes");
        }
        byte[] mask = (second & MASKED) != 0 ? in.readNBytes(Integer.BYTES) : new byte[Integer.BYTES];
        if ((second & MASKED) != 0) {
            copy.write(mask);
        }
        byte[] payload = in.readNBytes((int) length);
        copy.write(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % Integer.BYTES];
        }
        return new WebSocketFrame(first, raw.toByteArray(), payload);
    }

    /** A text message in one frame. A client's is masked, with zeros, so that its bytes stand as they are. */
    static byte[] text(byte[] payload, boolean fromClient) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        int mask = fromClient ? MASKED : 0;
        try {
            out.write(TEXT);
            if (payload.length < LENGTH_16) {
                out.write(mask | payload.length);
            } else if (payload.length <= 0xffff) {
                out.write(mask | LENGTH_16);
                out.writeShort(payload.length);
            } else {
                out.write(mask | LENGTH_64);
                out.writeLong(payload.length);
            }
            if (fromClient) {
                out.writeInt(0);
            }
            out.write(payload);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** As it came, mask and all. */
    byte[] raw() {
        return raw;
    }

    /** Without its mask. */
    byte[] payload() {
        return payload;
    }

    /** Whether it carries a part of a message, and not a ping, a pong or a farewell. */
    boolean data() {
        return (first & 0x0f) <= 2;
    }

    /** Whether it is the last of its message. */
    boolean last() {
        return (first & 0x80) != 0;
    }
}
