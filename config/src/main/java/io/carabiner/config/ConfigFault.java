package io.carabiner.config;

import java.util.Optional;

/**
 * One thing that is wrong.
 *
 * @param path the key, such as {@code EVM.0.Nodes.1.HTTPURL}; list entries are counted from 0
 * @param message what is wrong, without the path
 * @param position where the value, or the section that lacks it, stands; absent if no file said anything about it
 */
public record ConfigFault(String path, String message, Optional<Position> position) {

    /**
     * A place in a file.
     *
     * @param file the file as the operator named it, or the environment variable
     * @param line counted from 1
     * @param column counted from 1
     */
    public record Position(String file, int line, int column) {

        @Override
        public String toString() {
            return file + ":" + line + ":" + column;
        }
    }
}
