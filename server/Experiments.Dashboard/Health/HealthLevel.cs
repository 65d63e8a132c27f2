namespace Experiments.Dashboard.Health;

/// <summary>How something is, from good to bad.</summary>
internal enum HealthLevel
{
    /// <summary>Nothing to say: it is not used.</summary>
    Idle,

    Healthy,

    /// <summary>It works, and somebody should look at it.</summary>
    Attention,

    /// <summary>It does not work.</summary>
    Failing,
}
