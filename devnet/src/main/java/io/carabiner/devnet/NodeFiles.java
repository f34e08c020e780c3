package io.carabiner.devnet;

import java.nio.file.Path;

/**
 * The files a node is started with, as {@code node -c config -s secrets start -a apiCredentials -p password} takes
 * them. All are private to their owner.
 *
 * @param config TOML; among others it names the HTTP port, the chain and its endpoints
 * @param secrets TOML with the database's URL
 * @param password the keystore's password
 * @param apiCredentials the mail and the password of the first API user, a line each
 * @param log where the node's log goes: the console belongs to the progress report
 */
public record NodeFiles(Path config, Path secrets, Path password, Path apiCredentials, Path log) {}
