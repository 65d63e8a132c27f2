namespace Experiments.Tests.Support;

/// <summary>Signals that tests send to the processes they started (numbers of Linux).</summary>
internal enum ProcessSignal
{
    /// <summary>SIGINT: as from a keyboard.</summary>
    Interrupt = 2,

    /// <summary>SIGTERM: asks it to shut down.</summary>
    Terminate = 15,

    /// <summary>SIGSTOP: freezes it; its sockets stay open and answer nothing.</summary>
    Suspend = 19,

    /// <summary>SIGCONT: lets it go on.</summary>
    Resume = 18,

    /// <summary>SIGKILL: ends it at once, suspended or not, with no chance to clean up.</summary>
    Kill = 9,
}
