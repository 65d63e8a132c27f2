namespace Experiments.Server.Settings;

/// <summary>What this process does. Roles that are elsewhere are reached through the gateway.</summary>
[Flags]
internal enum ServerRoles
{
    None = 0,

    /// <summary>Definitions, compiling and publishing.</summary>
    Control = 1,

    /// <summary>Deciding over HTTP.</summary>
    Decide = 2,

    /// <summary>One address for all of it, with a rate limit on deciding.</summary>
    Gateway = 4,

    /// <summary>Pages for people.</summary>
    Dashboard = 8,
}
