namespace Experiments.Client.Fuzz;

/// <summary>Something that takes any bytes.</summary>
/// <param name="Name">Also of its folder in the corpus.</param>
/// <param name="Run">Throws where the contract is broken; answers whether the input was accepted.</param>
internal sealed record FuzzTarget(string Name, Func<byte[], bool> Run);
