namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>What is wrong with a part.</summary>
public enum FaultKind
{
    /// <summary>kill -9; at the end of the fault it is started again, as a supervisor does it.</summary>
    Killed,

    /// <summary>SIGSTOP, then SIGCONT: connections are accepted and nothing is answered.</summary>
    Stopped,

    /// <summary>Each call to it takes two seconds longer.</summary>
    Slow,

    /// <summary>Connections to it are refused, and those that exist are reset.</summary>
    Refusing,

    /// <summary>Not one byte is left where it writes.</summary>
    DiskFull,
}
