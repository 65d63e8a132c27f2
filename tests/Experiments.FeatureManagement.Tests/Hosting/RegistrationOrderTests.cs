using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement;

namespace Experiments.FeatureManagement.Tests.Hosting;

/// <summary>Whatever was registered before or after, all four interfaces and every gate decide with our snapshot.</summary>
public sealed class RegistrationOrderTests
{
    private static readonly Dictionary<string, Action<IServiceCollection>> s_orders = new(StringComparer.Ordinal)
    {
        ["alone"] = services => services.AddExperimentsFeatureManagement(),
        ["after"] = services =>
        {
            services.AddFeatureManagement().WithTargeting<HeaderTargeting>();
            services.AddExperimentsFeatureManagement();
        },
        ["before"] = services =>
        {
            services.AddExperimentsFeatureManagement();
            services.AddFeatureManagement().WithTargeting<HeaderTargeting>();
        },
        ["after scoped"] = services =>
        {
            services.AddScopedFeatureManagement().WithTargeting<HeaderTargeting>();
            services.AddExperimentsFeatureManagement();
        },
        ["before scoped"] = services =>
        {
            services.AddExperimentsFeatureManagement();
            services.AddScopedFeatureManagement().WithTargeting<HeaderTargeting>();
        },
        ["twice around"] = services =>
        {
            services.AddExperimentsFeatureManagement();
            services.AddFeatureManagement();
            services.AddExperimentsFeatureManagement();
        },
    };

    public static TheoryData<string> Orders => [.. s_orders.Keys];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task EveryInterfaceAndGate_InAnyOrder_DecidesWithTheSnapshot(string order)
    {
        // The other way round in Microsoft.FeatureManagement's own configuration: an answer from there would show.
        await using App app = await App.StartAsync(
            services => Register(services, order), [Snapshots.On("beta")], new() { ["FeatureManagement:nowhere"] = "true" });
        Assert.Equal("[true,true,true,true]", (await app.GetAsync("/all")).Body);
        Assert.Equal((200, "true"), await app.GetAsync("/singleton"));
        Assert.Equal((200, "beta"), await app.GetAsync("/mvc/beta"));
        Assert.Equal((200, "any"), await app.GetAsync("/mvc/any"));
        Assert.Equal(404, (await app.GetAsync("/mvc/all")).Status);
        Assert.Equal((200, "minimal"), await app.GetAsync("/minimal"));
        Assert.Contains("gated page", (await app.GetAsync("/Gated")).Body, StringComparison.Ordinal);

        await app.PublishAsync(2);
        Assert.Equal("[false,false,false,false]", (await app.GetAsync("/all")).Body);
        Assert.Equal((200, "false"), await app.GetAsync("/singleton"));
        Assert.Equal(404, (await app.GetAsync("/mvc/beta")).Status);
        Assert.Equal(404, (await app.GetAsync("/mvc/any")).Status);
        Assert.Equal(404, (await app.GetAsync("/minimal")).Status);
        Assert.Equal(404, (await app.GetAsync("/Gated")).Status);
    }

    [Theory]
    [InlineData("after", ServiceLifetime.Singleton)]
    [InlineData("after scoped", ServiceLifetime.Scoped)]
    [InlineData("before", ServiceLifetime.Transient)]
    public void FeatureManagers_AfterTheirRegistration_KeepItsLifetime(string order, ServiceLifetime expected)
    {
        var services = new ServiceCollection();
        s_orders[order](services);
        Assert.Equal(expected, Assert.Single(services, service => service.ServiceType == typeof(IFeatureManager)).Lifetime);
        Assert.Equal(expected, Assert.Single(services, service => service.ServiceType == typeof(IVariantFeatureManager)).Lifetime);
        Assert.Equal(
            ServiceLifetime.Scoped, Assert.Single(services, service => service.ServiceType == typeof(IVariantFeatureManagerSnapshot)).Lifetime);
    }

    [Fact]
    public void AddFeatureManagement_AfterAScopedOne_StillConflicts()
    {
        var services = new ServiceCollection();
        s_orders["after scoped"](services);
        Assert.Equal(
            FeatureManagementError.Conflict,
            Assert.Throws<FeatureManagementException>(() => services.AddFeatureManagement()).Error);
    }

    [Fact]
    public void AddExperimentsFeatureManagement_NullServices_ThrowsArgumentNullException() =>
        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddExperimentsFeatureManagement());

    private static void Register(IServiceCollection services, string order)
    {
        s_orders[order](services);
        if (order == "after scoped")
        {
            services.AddScoped<UsesFeatures>();
        }
        else
        {
            services.AddSingleton<UsesFeatures>();
        }
    }
}
