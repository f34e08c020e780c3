package io.carabiner.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that keeps its connection, as all do, and whose request is refused before the body has arrived. */
class ReusedConnectionTest {

    /** How long an answer that must not come is waited for; a slow server only makes the look less sharp. */
    private static final int NO_ANSWER_MILLIS = 300;

    private static final int ANSWER_MILLIS = 30_000;

    @Test
    void refusedRequest_whoseBodyComesLate_leavesTheConnectionUsable(@TempDir Path folder) throws Exception {
        try (TestNode node = TestNode.start(folder);
                Socket socket = connect(node)) {
            BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            send(socket, "POST /v2/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\n");
            assertNoAnswer(socket, answers);

            send(socket, "not json");
            assertThat(statusLine(answers)).startsWith("HTTP/1.1 401 ");

            send(socket, "GET /v2/ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(statusLine(answers)).startsWith("HTTP/1.1 401 ");
        }
    }

    private static Socket connect(TestNode node) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), URI.create(node.url()).getPort());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    private static void assertNoAnswer(Socket socket, BufferedReader answers) throws IOException {
        socket.setSoTimeout(NO_ANSWER_MILLIS);
        assertThatThrownBy(answers::read).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(ANSWER_MILLIS);
    }

    /** The first line of an answer; its headers and body are read too. */
    private static String statusLine(BufferedReader answers) throws IOException {
        String status = answers.readLine();
        int length = 0;
        for (String line = answers.readLine(); line != null && !line.isEmpty(); line = answers.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        answers.skip(length);
        return status == null ? "" : status;
    }
}
