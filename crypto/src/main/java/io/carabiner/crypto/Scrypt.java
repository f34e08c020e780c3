package io.carabiner.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The password-based key derivation of RFC 7914. Stateless; safe for use by many threads.
 *
 * <p>It takes 128 × n × r bytes while it runs. They lie outside the Java heap, so that a node with a small heap can
 * open a key ring, and the memory goes back to the system at once. Unlike BouncyCastle's it takes n of 65536 and more
 * with r = 1, which old wallets wrote.
 */
public final class Scrypt {

    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int WORDS_PER_CHUNK = 16;
    private static final int BYTES_PER_WORD = 4;

    private Scrypt() {}

    /**
     * Derives a key.
     *
     * @param n the cost: a power of two above 1
     * @param r the block size, 1 or more; together 128 × n × r is below 2^40
     * @param p the parallelization, 1 or more
     * @param length of the key in bytes
     * @return the key, which the caller wipes
     * @throws IllegalArgumentException if a parameter is out of range
     */
    public static byte[] derive(byte[] password, byte[] salt, int n, int r, int p, int length) {
        check(n, r, p, length);
        int blockBytes = 128 * r;
        byte[] blocks = pbkdf2(password, salt, p * blockBytes);
        int[] block = new int[blockBytes / BYTES_PER_WORD];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment table = arena.allocate((long) blockBytes * n, 64);
            for (int i = 0; i < p; i++) {
                MemorySegment part = MemorySegment.ofArray(blocks).asSlice((long) i * blockBytes, blockBytes);
                MemorySegment.copy(part, WORD, 0, block, 0, block.length);
                mix(block, n, r, table);
                MemorySegment.copy(block, 0, part, WORD, 0, block.length);
            }
            table.fill((byte) 0);
        }
        byte[] key = pbkdf2(password, blocks, length);
        Arrays.fill(blocks, (byte) 0);
        Arrays.fill(block, 0);
        return key;
    }

    private static void check(int n, int r, int p, int length) {
        boolean sensible = n > 1 && Integer.bitCount(n) == 1 && r >= 1 && p >= 1 && length >= 1;
        if (!sensible || 128L * r * n >= 1L << 40 || 128L * r * p > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("scrypt with n=" + n + ", r=" + r + ", p=" + p + ", length=" + length);
        }
    }

    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(password, salt, 1);
        return ((KeyParameter) generator.generateDerivedMacParameters(8 * length)).getKey();
    }

    /** Fills the table with n successive blocks, then walks through it in an order that the password decides. */
    private static void mix(int[] block, int n, int r, MemorySegment table) {
        int words = block.length;
        long stride = (long) words * BYTES_PER_WORD;
        int[] other = new int[words];
        int[] chunk = new int[WORDS_PER_CHUNK];
        for (int i = 0; i < n; i++) {
            MemorySegment.copy(block, 0, table, WORD, i * stride, words);
            mixBlock(block, other, chunk, r);
            System.arraycopy(other, 0, block, 0, words);
        }
        int[] looked = new int[words];
        for (int i = 0; i < n; i++) {
            long index = block[words - WORDS_PER_CHUNK] & (n - 1);
            MemorySegment.copy(table, WORD, index * stride, looked, 0, words);
            for (int w = 0; w < words; w++) {
                block[w] ^= looked[w];
            }
            mixBlock(block, other, chunk, r);
            System.arraycopy(other, 0, block, 0, words);
        }
        Arrays.fill(other, 0);
        Arrays.fill(looked, 0);
    }

    /** Salsa20/8 over the 2 × r chunks of a block; even chunks come first in the result, odd ones behind them. */
    private static void mixBlock(int[] input, int[] output, int[] chunk, int r) {
        System.arraycopy(input, input.length - WORDS_PER_CHUNK, chunk, 0, WORDS_PER_CHUNK);
        for (int i = 0; i < 2 * r; i++) {
            for (int w = 0; w < WORDS_PER_CHUNK; w++) {
                chunk[w] ^= input[i * WORDS_PER_CHUNK + w];
            }
            salsa(chunk);
            int place = (i / 2) + (i % 2) * r;
            System.arraycopy(chunk, 0, output, place * WORDS_PER_CHUNK, WORDS_PER_CHUNK);
        }
    }

    private static void salsa(int[] b) {
        int x0 = b[0], x1 = b[1], x2 = b[2], x3 = b[3];
        int x4 = b[4], x5 = b[5], x6 = b[6], x7 = b[7];
        int x8 = b[8], x9 = b[9], x10 = b[10], x11 = b[11];
        int x12 = b[12], x13 = b[13], x14 = b[14], x15 = b[15];
        for (int round = 0; round < 8; round += 2) {
            x4 ^= Integer.rotateLeft(x0 + x12, 7);
            x8 ^= Integer.rotateLeft(x4 + x0, 9);
            x12 ^= Integer.rotateLeft(x8 + x4, 13);
            x0 ^= Integer.rotateLeft(x12 + x8, 18);
            x9 ^= Integer.rotateLeft(x5 + x1, 7);
            x13 ^= Integer.rotateLeft(x9 + x5, 9);
            x1 ^= Integer.rotateLeft(x13 + x9, 13);
            x5 ^= Integer.rotateLeft(x1 + x13, 18);
            x14 ^= Integer.rotateLeft(x10 + x6, 7);
            x2 ^= Integer.rotateLeft(x14 + x10, 9);
            x6 ^= Integer.rotateLeft(x2 + x14, 13);
            x10 ^= Integer.rotateLeft(x6 + x2, 18);
            x3 ^= Integer.rotateLeft(x15 + x11, 7);
            x7 ^= Integer.rotateLeft(x3 + x15, 9);
            x11 ^= Integer.rotateLeft(x7 + x3, 13);
            x15 ^= Integer.rotateLeft(x11 + x7, 18);
            x1 ^= Integer.rotateLeft(x0 + x3, 7);
            x2 ^= Integer.rotateLeft(x1 + x0, 9);
            x3 ^= Integer.rotateLeft(x2 + x1, 13);
            x0 ^= Integer.rotateLeft(x3 + x2, 18);
            x6 ^= Integer.rotateLeft(x5 + x4, 7);
            x7 ^= Integer.rotateLeft(x6 + x5, 9);
            x4 ^= Integer.rotateLeft(x7 + x6, 13);
            x5 ^= Integer.rotateLeft(x4 + x7, 18);
            x11 ^= Integer.rotateLeft(x10 + x9, 7);
            x8 ^= Integer.rotateLeft(x11 + x10, 9);
            x9 ^= Integer.rotateLeft(x8 + x11, 13);
            x10 ^= Integer.rotateLeft(x9 + x8, 18);
            x12 ^= Integer.rotateLeft(x15 + x14, 7);
            x13 ^= Integer.rotateLeft(x12 + x15, 9);
            x14 ^= Integer.rotateLeft(x13 + x12, 13);
            x15 ^= Integer.rotateLeft(x14 + x13, 18);
        }
        b[0] += x0;
        b[1] += x1;
        b[2] += x2;
        b[3] += x3;
        b[4] += x4;
        b[5] += x5;
        b[6] += x6;
        b[7] += x7;
        b[8] += x8;
        b[9] += x9;
        b[10] += x10;
        b[11] += x11;
        b[12] += x12;
        b[13] += x13;
        b[14] += x14;
        b[15] += x15;
    }
}
