using Experiments.Benchmarks.Bars;

namespace Experiments.Benchmarks.Dashboard;

/// <summary>Content of <c>results/dashboard.json</c>, which <c>benchmarks/Experiments.Benchmarks.Browser</c> writes.</summary>
/// <param name="Machine">Where and when.</param>
/// <param name="Browser">Name and version.</param>
/// <param name="Experiments">In each environment.</param>
/// <param name="Flags">In each environment.</param>
/// <param name="Clicks">Times from a click to what it is for.</param>
/// <param name="Pages">What a first load brings over the wire.</param>
internal sealed record DashboardFile(
    MachineInfo Machine, string Browser, int Experiments, int Flags, IReadOnlyList<ClickRow> Clicks, IReadOnlyList<PageRow> Pages);
