namespace Experiments.Tests.Support;

/// <summary>The programs of this repository that <see cref="ProductProcess"/> can run.</summary>
public enum ProductProgram
{
    /// <summary><c>server/Experiments.Server</c> as built with the tests.</summary>
    Server,

    /// <summary><c>server/Experiments.Decide</c> as built with the tests.</summary>
    Decide,

    /// <summary>
    /// <c>server/Experiments.Decide</c> as the Native AOT binary that <c>tests/run.sh</c> publishes to <c>artifacts/decide/</c>
    /// and names in EXPERIMENTS_DECIDE_BINARY.
    /// </summary>
    DecideNative,
}
