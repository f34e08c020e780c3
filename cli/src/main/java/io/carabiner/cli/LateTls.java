package io.carabiner.cli;

import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * TLS that is set up when a first connection wants it. The JDK's client asks for TLS even where it only speaks plain
 * HTTP, and setting it up takes longer than the command itself.
 */
final class LateTls extends SSLContextSpi {

    private final Supplier<SSLContext> real;

    private LateTls(Supplier<SSLContext> real) {
        this.real = real;
    }

    /** A context that asks for the real one when it is needed. */
    static SSLContext of(Supplier<SSLContext> real) {
        return new Context(new LateTls(real));
    }

    private static final class Context extends SSLContext {
        Context(LateTls late) {
            super(late, new None(), "TLS");
        }
    }

    /** Says where the context is from: nowhere. */
    private static final class None extends Provider {

        private static final long serialVersionUID = 1L;

        None() {
            super("late", "1", "TLS that is set up when it is needed");
        }
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return real.get().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return real.get().createSSLEngine(host, port);
    }

    /** None: the engine keeps its own. */
    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return new SSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return real.get().getSupportedSSLParameters();
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        return real.get().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        return real.get().getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return real.get().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return real.get().getClientSessionContext();
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("set up when it is needed");
    }
}
